package io.greenfinch.client.store;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store that lives and dies with the process: the reference for others, and enough for programs that link anew at each
 * start. Thread-safe; every method returns at once.
 */
public final class InMemorySessionStore implements SessionStore {

    private final Map<Long, Long> epochs = new HashMap<>();
    private final Map<Long, Map<StateKind, Map<String, byte[]>>> states = new HashMap<>();

    @Override
    public synchronized long claim(long instance) {
        return epochs.merge(instance, 1L, Long::sum);
    }

    @Override
    public synchronized Optional<byte[]> find(long instance, StateKind kind, String key) {
        return Optional.ofNullable(entries(instance, kind).get(key)).map(byte[]::clone);
    }

    @Override
    public synchronized Map<String, byte[]> load(long instance, StateKind kind) {
        Map<String, byte[]> copy = new TreeMap<>();
        entries(instance, kind).forEach((key, value) -> copy.put(key, value.clone()));
        return copy;
    }

    @Override
    public synchronized CompletionStage<Void> commit(long instance, long epoch, List<Change> changes) {
        if (epochs.getOrDefault(instance, 0L) != epoch) {
            return CompletableFuture.failedFuture(new StaleEpochException(instance, epoch));
        }
        for (Change change : changes) {
            Map<String, byte[]> entries = entries(instance, change.kind());
            switch (change) {
                case Change.Put put -> entries.put(put.key(), put.value().clone());
                case Change.Remove remove -> entries.remove(remove.key());
                case Change.Clear clear -> entries.clear();
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private Map<String, byte[]> entries(long instance, StateKind kind) {
        return states.computeIfAbsent(instance, id -> new EnumMap<>(StateKind.class))
                .computeIfAbsent(kind, id -> new HashMap<>());
    }
}
