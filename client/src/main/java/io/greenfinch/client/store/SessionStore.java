package io.greenfinch.client.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 */
public interface SessionStore {

    /**
     * Becomes the owner of {@code instance}.
     *
     * @return the new epoch, greater than every one before
     * @throws StoreException when the store can't be written
     */
    long claim(long instance);

    /**
     * One entry.
     *
     * @throws StoreException when the store can't be read, or the value can't be decrypted
     */
    Optional<byte[]> find(long instance, StateKind kind, String key);

    /**
     * All entries of a kind by key.
     *
     * @throws StoreException as for {@link #find}
     */
    Map<String, byte[]> load(long instance, StateKind kind);

    /**
     * Applies all changes or none, durably: when the stage completes normally they survive the death of the process.
     * Commits of one instance take effect in the order of the calls.
     *
     * @return completes exceptionally with {@link StaleEpochException} when the epoch is not the current one, and with
     *     {@link StoreException} when nothing was written; both leave the state as it was
     */
    CompletionStage<Void> commit(long instance, long epoch, List<Change> changes);
}
