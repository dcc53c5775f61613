package io.greenfinch.client.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What all sessions of a process keep in memory for a while and can get again: bounded by weight, so that what a session
 * knows costs nothing while it is idle. What was used least goes first. Thread-safe; no method blocks.
 */
public final class ProcessCache {

    /** The weight of all entries together, in bytes as far as those tell it. */
    private static final long DEFAULT_BYTES = 32L * 1024 * 1024;

    /** What an entry costs beside what its owner says. */
    private static final int OVERHEAD = 96;

    private final Cache<Name, Object> entries;

    /** What stands in the cache under the same owner, until that one forgets all. */
    private static final class Owner {

        private final ToIntFunction<Object> bytes;

        Owner(ToIntFunction<Object> bytes) {
            this.bytes = bytes;
        }
    }

    /** There is one for each entry, so it is as small as can be. */
    private record Name(Owner owner, Object key) {}

    /** A cache of the usual size. */
    public ProcessCache() {
        this(DEFAULT_BYTES);
    }

    /** A cache of so many bytes. */
    public ProcessCache(long bytes) {
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<Name, Object>weigher(
                        (name, value) -> OVERHEAD + name.owner().bytes.applyAsInt(value))
                .executor(Runnable::run)
                .build();
    }

    /**
     * An own part of the cache. One that is no longer asked is pushed out by others.
     *
     * @param bytes what a value weighs with its key
     */
    public <K, V> Region<K, V> region(Class<V> values, ToIntFunction<V> bytes) {
        return new Region<>(values, bytes);
    }

    /** The part of one owner. Thread-safe. */
    public final class Region<K, V> {

        private final Class<V> values;
        private volatile Owner owner;

        private Region(Class<V> values, ToIntFunction<V> bytes) {
            this.values = values;
            this.owner = new Owner(value -> bytes.applyAsInt(values.cast(value)));
        }

        public Optional<V> find(K key) {
            return Optional.ofNullable(entries.getIfPresent(new Name(owner, key)))
                    .map(values::cast);
        }

        /** Keeps a value. */
        public void put(K key, V value) {
            entries.put(new Name(owner, key), value);
        }

        public void remove(K key) {
            entries.invalidate(new Name(owner, key));
        }

        /** Forgets everything of this part. */
        public void clear() {
            owner = new Owner(owner.bytes);
        }
    }
}
