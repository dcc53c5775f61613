package io.greenfinch.client.group;

import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Those who wait for what notifications tell of groups, while something is asked of these. Thread-safe. */
final class GroupWatches {

    private final Map<Jid, List<GroupWatch>> watches = new ConcurrentHashMap<>(1);
    private final Map<String, Consumer<KnownGroup>> expected = new ConcurrentHashMap<>(1);

    void add(Jid group, GroupWatch watch) {
        watches.merge(
                group,
                List.of(watch),
                (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }

    void remove(Jid group, GroupWatch watch) {
        watches.computeIfPresent(group, (_, some) -> {
            List<GroupWatch> others =
                    some.stream().filter(each -> !each.equals(watch)).toList();
            return others.isEmpty() ? null : others;
        });
    }

    List<GroupWatch> of(Jid group) {
        return watches.getOrDefault(group, List.of());
    }

    void expect(String key, Consumer<KnownGroup> created) {
        expected.put(key, created);
    }

    void expectNoMore(String key) {
        expected.remove(key);
    }

    /** A notification tells of a new group; who asked for it learns so, whatever becomes of the answer. */
    void told(GroupUpdate.Created created) {
        Consumer<KnownGroup> waiting = expected.get(created.key());
        if (waiting != null) {
            waiting.accept(created.group());
        }
    }
}
