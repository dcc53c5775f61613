package io.greenfinch.client.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all sessions of a process keep in memory for a while and can get again: bounded by weight, so that what a session
 * knows costs nothing while it is idle. What was used least goes first. Thread-safe; no method blocks.
 */
public final class ProcessCache {

    /** The weight of all entries together, in bytes as far as those tell it. */
    private static final long DEFAULT_BYTES = 32L * 1024 * 1024;

    /** What an entry costs beside its value. */
    private static final int OVERHEAD = 96;

    private final Cache<Name, Entry> entries;
    private final AtomicLong regions = new AtomicLong();

    private record Name(long region, Object key) {}

    private record Entry(Object value, int bytes) {}

    /** A cache of the usual size. */
    public ProcessCache() {
        this(DEFAULT_BYTES);
    }

    /** A cache of so many bytes. */
    public ProcessCache(long bytes) {
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<Name, Entry>weigher((name, entry) -> OVERHEAD + entry.bytes())
                .executor(Runnable::run)
                .build();
    }

    /** An own part of the cache. One that is no longer asked is pushed out by others. */
    public <K, V> Region<K, V> region(Class<V> values) {
        return new Region<>(values);
    }

    /** The part of one owner. Thread-safe. */
    public final class Region<K, V> {

        private final Class<V> values;
        private volatile long number = regions.incrementAndGet();

        private Region(Class<V> values) {
            this.values = values;
        }

        public Optional<V> find(K key) {
            return Optional.ofNullable(entries.getIfPresent(new Name(number, key)))
                    .map(entry -> values.cast(entry.value()));
        }

        /** Keeps a value that weighs so many bytes. */
        public void put(K key, V value, int bytes) {
            entries.put(new Name(number, key), new Entry(value, bytes));
        }

        public void remove(K key) {
            entries.invalidate(new Name(number, key));
        }

        /** Forgets everything of this part. */
        public void clear() {
            number = regions.incrementAndGet();
        }
    }
}
