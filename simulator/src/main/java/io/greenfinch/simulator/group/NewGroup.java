package io.greenfinch.simulator.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group to be created (specification §16.3).
 *
 * @param subject its subject
 * @param people who is to be in it besides its creator, by either alias
 * @param admins which of them are admins from the start; a client can't ask for that
 * @param addressing how it names its members
 * @param settings settings that differ from the usual ones
 * @param key what the client calls its request
 * @param kind what it is within a community
 * @param community the community it belongs to
 */
public record NewGroup(
        String subject,
        List<Jid> people,
        Set<Jid> admins,
        Addressing addressing,
        List<GroupSetting> settings,
        Optional<String> key,
        GroupKind kind,
        Optional<SimulatedGroup> community) {

    /** An ordinary group as clients create it. */
    public static NewGroup of(String subject, List<Jid> people, Addressing addressing) {
        return new NewGroup(
                subject, people, Set.of(), addressing, List.of(), Optional.empty(), GroupKind.GROUP, Optional.empty());
    }

    /** The same with other settings. */
    public NewGroup with(List<GroupSetting> newSettings) {
        return new NewGroup(subject, people, admins, addressing, newSettings, key, kind, community);
    }

    /** The same with a key. */
    public NewGroup named(Optional<String> newKey) {
        return new NewGroup(subject, people, admins, addressing, settings, newKey, kind, community);
    }

    /** The same with admins. */
    public NewGroup ruledBy(Set<Jid> newAdmins) {
        return new NewGroup(subject, people, newAdmins, addressing, settings, key, kind, community);
    }

    /** The same as part of a community, or as a community. */
    public NewGroup in(Optional<SimulatedGroup> newCommunity, GroupKind newKind) {
        return new NewGroup(subject, people, admins, addressing, settings, key, newKind, newCommunity);
    }
}
