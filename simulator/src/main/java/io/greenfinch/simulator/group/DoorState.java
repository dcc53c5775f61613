package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.account.Accounts;
import java.time.Instant;
import java.util.List;

/**
 * How people come into a group without being added, as a snapshot has it. People are named by phone number, times as ISO 8601 has them.
 *
 * @param code of the invite link
 * @param revoked codes it had before
 * @param banished who can't come back by themselves
 */
public record DoorState(
        boolean approval,
        boolean membersLink,
        String code,
        List<String> revoked,
        List<String> banished,
        List<RequestState> requests,
        List<InvitationState> invitations) {

    /** Somebody who waits to be let in, as a snapshot has it. */
    public record RequestState(String number, String requestor, JoinRequest.Method method, String at) {}

    /** A personal invitation as a snapshot has it. */
    public record InvitationState(String number, String inviter, String code, String expiration) {}

    /** A door nobody used yet. */
    public static DoorState fresh(String code) {
        return new DoorState(false, false, code, List.of(), List.of(), List.of(), List.of());
    }

    static DoorState of(Door door) {
        return new DoorState(
                door.approval(),
                door.membersLink(),
                door.code(),
                List.copyOf(door.revoked()),
                door.banished().stream().map(Account::number).toList(),
                door.requests().stream()
                        .map(request -> new RequestState(
                                request.person().number(),
                                request.requestor().number(),
                                request.method(),
                                request.at().toString()))
                        .toList(),
                door.invitations().entrySet().stream()
                        .map(entry -> new InvitationState(
                                entry.getKey().number(),
                                entry.getValue().inviter().number(),
                                entry.getValue().code(),
                                entry.getValue().expiration().toString()))
                        .toList());
    }

    void restore(Door door, Accounts accounts) {
        door.approval(approval);
        door.membersLink(membersLink);
        door.code(code);
        revoked.forEach(door::revoke);
        banished.forEach(number -> door.banish(GroupState.account(accounts, number)));
        requests.forEach(request -> door.put(new JoinRequest(
                GroupState.account(accounts, request.number()),
                GroupState.account(accounts, request.requestor()),
                request.method(),
                Instant.parse(request.at()))));
        invitations.forEach(invitation -> door.invite(
                GroupState.account(accounts, invitation.number()),
                new PersonalInvitation(
                        GroupState.account(accounts, invitation.inviter()),
                        invitation.code(),
                        Instant.parse(invitation.expiration()))));
    }
}
