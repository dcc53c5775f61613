package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.account.Account;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All groups. Guarded by the world's lock. */
public final class Groups {

    private static final String PREFIX = "120363";
    private static final long IDS = 1_000_000_000_000L;

    private final SecureRandom random;
    private final Map<String, Group> byId = new LinkedHashMap<>();
    private final Memberships memberships = new Memberships();

    /** No groups yet; ids come from {@code random}. */
    public Groups(SecureRandom random) {
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

    /** A new group without members. */
    Group add(GroupOrigin origin, String subject) {
        Group group = new Group(origin, subject, memberships);
        if (byId.putIfAbsent(group.id(), group) != null) {
            throw new IllegalArgumentException("there is a group " + group.id() + " already");
        }
        return group;
    }

    /** The group with this id, given without server. */
    public Optional<Group> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The group with this address. */
    public Optional<Group> find(Jid jid) {
        return jid.isGroup() ? byId(jid.user()) : Optional.empty();
    }

    /**
     * The group, if it exists and {@code account} is in it: otherwise 404 for a group that never was, 403 for one the account
     * is not in (specification §16.4).
     */
    public Verdict<Group> ofMember(Account account, Jid jid) {
        Optional<Group> group = find(jid);
        if (group.isEmpty()) {
            return Verdict.refused(Refusal.ITEM_NOT_FOUND);
        }
        return group.get().has(account) ? Verdict.granted(group.get()) : Verdict.refused(Refusal.FORBIDDEN);
    }

    /** The groups an account is in, in the order it came into them; a copy. */
    public List<Group> of(Account account) {
        return memberships.of(account);
    }

    /** The groups of a community, its announcement group included, the community itself not. */
    List<Group> inside(Group community) {
        return byId.values().stream()
                .filter(group -> group.community().orElse(null) == community)
                .toList();
    }

    /** All groups, oldest first. Unmodifiable. */
    public Collection<Group> all() {
        return Collections.unmodifiableCollection(byId.values());
    }
}
