package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.store.SendQueueTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How far the messages have come that instances are at, by their ids. Thread-safe. */
final class SendSteps {

    private final Map<Long, Map<String, Step>> steps = new ConcurrentHashMap<>();

    /** Those that an earlier process may have sent. */
    private final Map<Long, Set<String>> inherited = new ConcurrentHashMap<>();

    /** What an earlier process has made ready to be sent. Before anything is sent. */
    void inherit(Collection<SendQueueTable.Ready> ready) {
        ready.forEach(message -> inherited
                .computeIfAbsent(message.instance(), _ -> ConcurrentHashMap.newKeySet())
                .add(message.id()));
    }

    /** Those of an instance; a view when it is at any. */
    Map<String, Step> of(long instance) {
        return steps.getOrDefault(instance, Map.of());
    }

    /** The same, to be added to. */
    Map<String, Step> open(long instance) {
        return steps.computeIfAbsent(instance, _ -> new ConcurrentHashMap<>(2));
    }

    Optional<Step> find(long instance, String id) {
        return Optional.ofNullable(of(instance).get(id));
    }

    /** The messages of an instance that may have been sent. */
    Set<String> begun(long instance) {
        Set<String> begun = new HashSet<>(inherited.getOrDefault(instance, Set.of()));
        of(instance).forEach((id, step) -> {
            if (step.begun()) {
                begun.add(id);
            }
        });
        return begun;
    }

    /** Whether a message is left alone for now. */
    boolean rests(long instance, String id, Instant now) {
        return find(instance, id)
                .flatMap(Step::rests)
                .filter(until -> until.isAfter(now))
                .isPresent();
    }

    /** When the first of those is tried again; empty when none is left alone. */
    Optional<Instant> firstRest(long instance, Instant now) {
        return of(instance).values().stream()
                .flatMap(step -> step.rests().stream())
                .filter(until -> until.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /** None is left alone any longer; tells whether the instance is at any. */
    boolean awake(long instance) {
        Map<String, Step> known = of(instance);
        if (!known.isEmpty()) {
            known.replaceAll((_, step) -> step.awake());
        }
        return steps.containsKey(instance);
    }

    /** Forgets messages; tells whether of one of them it was decided what becomes of it. */
    boolean forget(long instance, Set<String> ids) {
        Map<String, Step> known = of(instance);
        boolean decided = known.entrySet().stream()
                .anyMatch(step ->
                        ids.contains(step.getKey()) && step.getValue().decided().isPresent());
        if (!known.isEmpty()) {
            known.keySet().removeAll(ids);
        }
        if (known.isEmpty()) {
            steps.remove(instance);
        }
        inherited.computeIfPresent(instance, (_, all) -> {
            all.removeAll(ids);
            return all.isEmpty() ? null : all;
        });
        return decided;
    }
}
