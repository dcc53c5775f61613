package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All groups. Guarded by the world's lock. */
public final class GroupDirectory {

    private static final String PREFIX = "120363";
    private static final long IDS = 1_000_000_000_000L;

    private final SecureRandom random;
    private final Map<String, SimulatedGroup> byId = new LinkedHashMap<>();
    private final MembershipIndex memberships = new MembershipIndex();

    /** No groups yet; ids come from {@code random}. */
    public GroupDirectory(SecureRandom random) {
        this.random = random;
    }

    /** An id that no group has: 18 digits, as WhatsApp gives today. */
    String freeId() {
        while (true) {
            String id = PREFIX + String.format("%012d", random.nextLong(IDS));
            if (!byId.containsKey(id)) {
                return id;
            }
        }
    }

    /** A code for invite links that no group has: 22 characters. */
    String freeInviteCode() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether a code once led to a group and does not any more. */
    boolean revoked(String code) {
        return byId.values().stream().anyMatch(group -> group.access().revoked().contains(code));
    }

    /** The group with this invite code. */
    public Optional<SimulatedGroup> byInviteCode(String code) {
        return byId.values().stream()
                .filter(group -> group.access().code().equals(code))
                .findFirst();
    }

    /** A new group without members. */
    SimulatedGroup add(GroupOrigin origin, String subject) {
        SimulatedGroup group = new SimulatedGroup(origin, subject, memberships);
        group.access().code(freeInviteCode());
        if (byId.putIfAbsent(group.id(), group) != null) {
            throw new IllegalArgumentException("there is a group " + group.id() + " already");
        }
        return group;
    }

    /**
     * Groups as they were saved.
     *
     * @throws IllegalArgumentException when they name people or communities that are not there
     */
    public void restore(List<GroupSnapshot> states, Accounts accounts) {
        for (GroupSnapshot state : states) {
            GroupOrigin origin = new GroupOrigin(
                    state.id(),
                    state.addressing(),
                    state.kind(),
                    Optional.empty(),
                    GroupSnapshot.account(accounts, state.creator()),
                    state.creation());
            state.restore(add(origin, state.subject()), accounts);
        }
        // A community may be younger than the groups in it.
        for (GroupSnapshot state : states) {
            Optional.ofNullable(state.community())
                    .map(id -> byId(id).orElseThrow(() -> new IllegalArgumentException("there is no community " + id)))
                    .ifPresent(community -> byId(state.id()).orElseThrow().community(community));
        }
    }

    /** The group with this id, given without server. */
    public Optional<SimulatedGroup> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The group with this address. */
    public Optional<SimulatedGroup> find(Jid jid) {
        return jid.isGroup() ? byId(jid.user()) : Optional.empty();
    }

    /**
     * The group, if it exists and {@code account} is in it: otherwise 404 for a group that never was, 403 for one the account
     * is not in (specification §16.4).
     */
    public ServiceDecision<SimulatedGroup> ofMember(SimulatedAccount account, Jid jid) {
        return existing(jid)
                .then(group -> group.has(account)
                        ? ServiceDecision.granted(group)
                        : ServiceDecision.refused(ServiceRefusal.FORBIDDEN));
    }

    /** The same, if {@code account} is one of its admins: otherwise 401. */
    ServiceDecision<SimulatedGroup> ofAdmin(SimulatedAccount account, Jid jid) {
        return ofMember(account, jid)
                .then(group -> group.isAdmin(account)
                        ? ServiceDecision.granted(group)
                        : ServiceDecision.refused(ServiceRefusal.NOT_AUTHORIZED));
    }

    /** The group, whoever is in it: 404 for a group that never was. */
    ServiceDecision<SimulatedGroup> existing(Jid jid) {
        return find(jid)
                .map(ServiceDecision::granted)
                .orElseGet(() -> ServiceDecision.refused(ServiceRefusal.ITEM_NOT_FOUND));
    }

    /** The groups an account is in, in the order it came into them; a copy. */
    public List<SimulatedGroup> of(SimulatedAccount account) {
        return memberships.of(account);
    }

    /** The groups of a community, its announcement group included, the community itself not. */
    List<SimulatedGroup> inside(SimulatedGroup community) {
        return byId.values().stream()
                .filter(group -> group.community().orElse(null) == community)
                .toList();
    }

    /** All groups, oldest first. Unmodifiable. */
    public Collection<SimulatedGroup> all() {
        return Collections.unmodifiableCollection(byId.values());
    }
}
