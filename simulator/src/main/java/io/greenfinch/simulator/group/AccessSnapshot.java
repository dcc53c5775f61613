package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;
import java.util.List;

/**
 * How people come into a group without being added, as a snapshot has it. People are named by phone number, times as ISO 8601 has them.
 *
 * @param code of the invite link
 * @param revoked codes it had before
 * @param banished who can't come back by themselves
 */
public record AccessSnapshot(
        boolean approval,
        boolean membersLink,
        String code,
        List<String> revoked,
        List<String> banished,
        List<RequestState> requests,
        List<InvitationState> invitations) {

    /** Somebody who waits to be let in, as a snapshot has it. */
    public record RequestState(String number, String requestor, MembershipRequest.Method method, Instant at) {}

    /** A personal invitation as a snapshot has it. */
    public record InvitationState(String number, String inviter, String code, Instant expiration) {}

    static AccessSnapshot of(GroupAccess access) {
        return new AccessSnapshot(
                access.approval(),
                access.membersLink(),
                access.code(),
                List.copyOf(access.revoked()),
                access.banished().stream().map(SimulatedAccount::number).toList(),
                access.requests().stream()
                        .map(request -> new RequestState(
                                request.person().number(),
                                request.requestor().number(),
                                request.method(),
                                request.at()))
                        .toList(),
                access.invitations().entrySet().stream()
                        .map(entry -> new InvitationState(
                                entry.getKey().number(),
                                entry.getValue().inviter().number(),
                                entry.getValue().code(),
                                entry.getValue().expiration()))
                        .toList());
    }

    void restore(GroupAccess access, Accounts accounts) {
        access.approval(approval);
        access.membersLink(membersLink);
        access.code(code);
        revoked.forEach(access::revoke);
        banished.forEach(number -> access.banish(GroupSnapshot.account(accounts, number)));
        requests.forEach(request -> access.put(new MembershipRequest(
                GroupSnapshot.account(accounts, request.number()),
                GroupSnapshot.account(accounts, request.requestor()),
                request.method(),
                request.at())));
        invitations.forEach(invitation -> access.invite(
                GroupSnapshot.account(accounts, invitation.number()),
                new PersonalInvitation(
                        GroupSnapshot.account(accounts, invitation.inviter()),
                        invitation.code(),
                        invitation.expiration())));
    }
}
