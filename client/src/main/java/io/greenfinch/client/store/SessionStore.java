package io.greenfinch.client.store;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where sessions keep their state. One store serves many instances; every implementation passes
 * {@code SessionStoreContract}.
 *
 * <p>Ownership: {@link #claim} makes the caller the one owner of an instance and returns its epoch. Every later commit
 * carries that epoch and is refused once somebody else has claimed the instance, so that two processes can't both
 * believe that they own it (design 4.4).
 *
 * <p>Thread-safe. Reading methods may block and are not called from a session's own thread; {@link #commit} never
 * blocks.
 *
 * @param <R> what the host keeps beside the state: a row of its own, written in the same transaction. The engine reads
 *     only; it commits through {@link io.greenfinch.client.EventSink}, whose host turns events into rows
 */
public interface SessionStore<R> {

    /**
     * Becomes the owner of {@code instance}.
     *
     * @return the new epoch, greater than every one before
     * @throws StoreException when the store can't be written
     */
    long claim(long instance);

    /**
     * The entries under these keys, read at one moment; keys without an entry are absent.
     *
     * @throws StoreException when the store can't be read, or a value can't be decrypted
     */
    Map<StateKey, byte[]> read(long instance, Collection<StateKey> keys);

    /**
     * One entry.
     *
     * @throws StoreException as for {@link #read}
     */
    default Optional<byte[]> find(long instance, StateKind kind, String key) {
        StateKey only = new StateKey(kind, key);
        return Optional.ofNullable(read(instance, List.of(only)).get(only));
    }

    /**
     * All entries of a kind by key.
     *
     * @throws StoreException as for {@link #read}
     */
    Map<String, byte[]> load(long instance, StateKind kind);

    /**
     * The keys of all entries of a kind.
     *
     * @throws StoreException as for {@link #read}
     */
    Set<String> keys(long instance, StateKind kind);

    /**
     * The keys of all entries of some kinds; kinds without entries are absent.
     *
     * @throws StoreException as for {@link #read}
     */
    default Map<StateKind, Set<String>> keys(long instance, Set<StateKind> kinds) {
        Map<StateKind, Set<String>> all = new EnumMap<>(StateKind.class);
        for (StateKind kind : kinds) {
            Set<String> keys = keys(instance, kind);
            if (!keys.isEmpty()) {
                all.put(kind, keys);
            }
        }
        return all;
    }

    /**
     * Applies all changes and writes all rows, or nothing of both, durably: when the stage completes normally they
     * survive the death of the process. Changes take effect in their order, rows in theirs, and commits of one instance
     * in the order of the calls.
     *
     * @return completes exceptionally with {@link StaleEpochException} when the epoch is not the current one, and with
     *     {@link StoreException} when nothing was written; both leave everything as it was. A store in trouble may take
     *     its time
     */
    CompletionStage<Void> commit(long instance, long epoch, List<Change> changes, List<? extends R> rows);
}
