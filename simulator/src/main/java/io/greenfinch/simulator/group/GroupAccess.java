package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * By which ways people come into a group without being added, who waits and who has to stay outside. Guarded by the world's lock; only this package
 * changes it.
 */
public final class GroupAccess {

    /** Of the codes that were taken back the last are remembered; an older one is as if it had never been. */
    private static final int REVOKED = 1000;

    private final Map<SimulatedAccount, MembershipRequest> requests = new LinkedHashMap<>();
    private final Map<SimulatedAccount, PersonalInvitation> invitations = new HashMap<>();
    private final SequencedSet<String> revoked = new LinkedHashSet<>();
    private final Set<SimulatedAccount> banished = new LinkedHashSet<>();
    private boolean approval;
    private boolean membersLink;
    private String code = "";

    GroupAccess() {}

    /** Whether admins decide who comes in. */
    public boolean approval() {
        return approval;
    }

    /** Whether every member may have the invite link, and not only admins. */
    public boolean membersLink() {
        return membersLink;
    }

    /** The code of the link with which people can join. */
    public String code() {
        return code;
    }

    /** Who waits to be let in, the longest-waiting first. Unmodifiable. */
    public Collection<MembershipRequest> requests() {
        return Collections.unmodifiableCollection(requests.values());
    }

    Optional<MembershipRequest> request(SimulatedAccount person) {
        return Optional.ofNullable(requests.get(person));
    }

    void put(MembershipRequest request) {
        requests.put(request.person(), request);
    }

    void withdraw(SimulatedAccount person) {
        requests.remove(person);
    }

    Map<SimulatedAccount, PersonalInvitation> invitations() {
        return Collections.unmodifiableMap(invitations);
    }

    Optional<PersonalInvitation> invitation(SimulatedAccount person) {
        return Optional.ofNullable(invitations.get(person));
    }

    /** Gives somebody an invitation in place of the one they had. */
    void invite(SimulatedAccount person, PersonalInvitation invitation) {
        invitations.put(person, invitation);
    }

    boolean uninvite(SimulatedAccount person) {
        return invitations.remove(person) != null;
    }

    /** Gives the link another code; the one it had is good for nothing any more. */
    void renew(String newCode) {
        revoke(code);
        code = newCode;
    }

    void code(String newCode) {
        code = newCode;
    }

    void revoke(String oldCode) {
        if (revoked.size() == REVOKED) {
            revoked.removeFirst();
        }
        revoked.addLast(oldCode);
    }

    Set<String> revoked() {
        return Collections.unmodifiableSet(revoked);
    }

    /** Keeps somebody from coming back by themselves. */
    void banish(SimulatedAccount person) {
        banished.add(person);
    }

    Set<SimulatedAccount> banished() {
        return Collections.unmodifiableSet(banished);
    }

    /** Somebody is in, however they came: nothing that was said about them outside holds any more. */
    void entered(SimulatedAccount person) {
        banished.remove(person);
        requests.remove(person);
        invitations.remove(person);
    }

    /** Switches approval; says whether that was another state. Who waits goes on waiting. */
    boolean approval(boolean on) {
        boolean changed = approval != on;
        approval = on;
        return changed;
    }

    boolean membersLink(boolean on) {
        boolean changed = membersLink != on;
        membersLink = on;
        return changed;
    }
}
