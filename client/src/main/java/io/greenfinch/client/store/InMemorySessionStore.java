package io.greenfinch.client.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A store that lives and dies with the process: the reference for others, and enough for programs that link anew at each
 * start. Thread-safe; every method returns at once.
 *
 * @param <R> the host's rows
 */
public final class InMemorySessionStore<R> implements SessionStore<R> {

    private final Map<Long, Long> epochs = new HashMap<>();
    private final Map<Long, Map<StateKind, Map<String, byte[]>>> states = new HashMap<>();
    private final Rows<R> rows;

    /** Where the host's rows go. Called by one commit at a time; must not block. */
    @FunctionalInterface
    public interface Rows<R> {

        /**
         * Writes one row.
         *
         * @return takes the row back, for when a later one of the same commit is refused
         * @throws RuntimeException when the row is refused, and has left no trace
         */
        Runnable write(long instance, R row);
    }

    /** An empty store whose host keeps nothing. */
    public InMemorySessionStore() {
        this((instance, row) -> () -> {});
    }

    /** An empty store. */
    public InMemorySessionStore(Rows<R> rows) {
        this.rows = rows;
    }

    @Override
    public synchronized long claim(long instance) {
        return epochs.merge(instance, 1L, Long::sum);
    }

    @Override
    public synchronized Map<StateKey, byte[]> read(long instance, Collection<StateKey> keys) {
        Map<StateKey, byte[]> found = new HashMap<>();
        for (StateKey key : keys) {
            byte[] value = entries(instance, key.kind()).get(key.key());
            if (value != null) {
                found.put(key, value.clone());
            }
        }
        return found;
    }

    @Override
    public synchronized Map<String, byte[]> load(long instance, StateKind kind) {
        Map<String, byte[]> copy = new TreeMap<>();
        entries(instance, kind).forEach((key, value) -> copy.put(key, value.clone()));
        return copy;
    }

    @Override
    public synchronized Set<String> keys(long instance, StateKind kind) {
        return Set.copyOf(entries(instance, kind).keySet());
    }

    @Override
    public synchronized CompletionStage<Void> commit(
            long instance, long epoch, List<Change> changes, List<? extends R> rows) {
        try {
            if (epochs.getOrDefault(instance, 0L) != epoch) {
                throw new StaleEpochException(instance, epoch);
            }
            changes.forEach(InMemorySessionStore::check);
            write(instance, rows);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        changes.forEach(change -> apply(instance, change)); // can't fail any more
        return CompletableFuture.completedFuture(null);
    }

    private static void check(Change change) {
        if (change instanceof Change.Put put && put.key().length() > Change.MAX_KEY) {
            throw new StoreException("a key has more than " + Change.MAX_KEY + " characters");
        }
    }

    private void write(long instance, List<? extends R> all) {
        Deque<Runnable> written = new ArrayDeque<>();
        try {
            all.forEach(row -> written.push(rows.write(instance, row)));
        } catch (RuntimeException e) {
            written.forEach(Runnable::run);
            throw new StoreException("a row was refused: " + e.getMessage(), e);
        }
    }

    private void apply(long instance, Change change) {
        Map<String, byte[]> entries = entries(instance, change.kind());
        switch (change) {
            case Change.Put put -> entries.put(put.key(), put.value().clone());
            case Change.Remove remove -> entries.remove(remove.key());
            case Change.Clear clear -> entries.clear();
        }
    }

    private Map<String, byte[]> entries(long instance, StateKind kind) {
        return states.computeIfAbsent(instance, id -> new EnumMap<>(StateKind.class))
                .computeIfAbsent(kind, id -> new HashMap<>());
    }
}
