package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Group state of which a test needs little: the rest knows nothing and does nothing. */
interface PartialGroupState extends GroupState {

    @Override
    default Optional<KnownGroup> find(Jid group) {
        return certain(group);
    }

    @Override
    default Optional<KnownGroup> certain(Jid group) {
        return Optional.empty();
    }

    @Override
    default Optional<Role> ownRole(KnownGroup group) {
        return group.group().participants().stream()
                .filter(each -> isSelf(each.person()))
                .map(Participant::role)
                .findFirst();
    }

    @Override
    default boolean excludesUs(KnownGroup group) {
        return group.group().complete() && ownRole(group).isEmpty();
    }

    @Override
    default Set<Jid> known() {
        return Set.of();
    }

    @Override
    default Instant now() {
        return Instant.EPOCH;
    }

    @Override
    default long moment() {
        return 0;
    }

    @Override
    default void fetched(KnownGroup group, long asked) {}

    @Override
    default void outside(Jid group, boolean byUs, long asked) {}

    @Override
    default void created(KnownGroup group) {}

    @Override
    default void watch(Jid group, GroupWatch watch) {}

    @Override
    default void unwatch(Jid group, GroupWatch watch) {}

    @Override
    default void expect(String key, Consumer<KnownGroup> created) {}

    @Override
    default void expectNoMore(String key) {}
}
