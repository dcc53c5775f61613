package io.greenfinch.client.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stored state of one session as it is with everything that was decided, stored already or not: what waits for its
 * commit lies over the process's cache, and that over the store.
 *
 * <p>Changed by the session's own thread only, which never waits for the store: what it asks for and memory lacks is a
 * {@link MissingStateException}. Everybody else reads through, and blocks. Thread-safe.
 */
public final class SessionState {

    /** What is known of an entry: that it is not there, or what is in it. */
    private record Value(boolean there, byte[] bytes) {
        static final Value ABSENT = new Value(false, new byte[0]);

        /** What stands in the cache, which holds as little as can be. */
        @SuppressWarnings("ReferenceEquality") // an empty one may be there
        static Value of(byte[] cached) {
            return cached == ABSENT.bytes ? ABSENT : new Value(cached);
        }

        Value(byte[] bytes) {
            this(true, bytes);
        }

        Optional<byte[]> content() {
            return there ? Optional.of(bytes) : Optional.empty();
        }
    }

    /** What the key of an entry weighs in the cache. */
    private static final int KEY_BYTES = 64;

    private record Waiting(Change change, Value value) {}

    private final long instance;
    private final SessionStore<?> store;
    private final BooleanSupplier onOwnThread;
    private final ProcessCache.Region<StateKey, byte[]> cache;
    private final Map<StateKey, Waiting> waiting = new ConcurrentHashMap<>(4);
    private final Map<StateKind, Change> cleared = new ConcurrentHashMap<>(1);
    private final List<Consumer<Change>> observers = new ArrayList<>(1);

    /** What steps wait for, or have waited for, while any does. */
    private final Map<StateKey, Value> pinned = new HashMap<>(0);

    private int reading;
    private long decisions;

    /**
     * The state of an instance.
     *
     * @param onOwnThread whether the caller is the session's own thread
     */
    public SessionState(long instance, SessionStore<?> store, ProcessCache cache, BooleanSupplier onOwnThread) {
        this.instance = instance;
        this.store = store;
        this.onOwnThread = onOwnThread;
        this.cache = cache.region(byte[].class, value -> KEY_BYTES + value.length);
    }

    /** From now on {@code observer} is told of every change, in order, on the session's own thread. */
    public void observe(Consumer<Change> observer) {
        observers.add(observer);
    }

    /**
     * One entry.
     *
     * @throws MissingStateException on the session's own thread, when it is not in memory
     * @throws StoreException elsewhere, when it can't be read
     */
    public Optional<byte[]> find(StateKey key) {
        long before = decisionsSoFar(); // before the look: what is decided after it counts
        Value known = inMemory(key);
        if (known != null) {
            return known.content();
        }
        if (onOwnThread.getAsBoolean()) {
            throw new MissingStateException(Set.of(key));
        }
        Optional<byte[]> read =
                Optional.ofNullable(store.read(instance, List.of(key)).get(key));
        return keep(key, read.map(Value::new).orElse(Value.ABSENT), before).content();
    }

    /**
     * Sees to it that these entries are in memory for the rest of the step.
     *
     * @throws MissingStateException on the session's own thread, when any is not
     */
    public void require(Collection<StateKey> keys) {
        Set<StateKey> missing = missing(keys);
        if (!missing.isEmpty() && onOwnThread.getAsBoolean()) {
            throw new MissingStateException(missing);
        }
    }

    /** Those that are not in memory. */
    public Set<StateKey> missing(Collection<StateKey> keys) {
        Set<StateKey> missing = new HashSet<>();
        keys.stream().filter(key -> inMemory(key) == null).forEach(missing::add);
        return missing;
    }

    /**
     * The entries under these keys, those that there are, read in one batch as far as they are not in memory. Blocks; not for the
     * session's own thread.
     *
     * @throws StoreException when they can't be read
     */
    public Map<StateKey, byte[]> read(Collection<StateKey> keys) {
        long before = decisionsSoFar();
        Set<StateKey> missing = missing(keys);
        Map<StateKey, byte[]> stored = missing.isEmpty() ? Map.of() : store.read(instance, missing);
        Map<StateKey, byte[]> found = new HashMap<>();
        for (StateKey key : keys) {
            Optional<byte[]> content;
            if (missing.contains(key)) {
                Value value =
                        Optional.ofNullable(stored.get(key)).map(Value::new).orElse(Value.ABSENT);
                content = keep(key, value, before).content();
            } else {
                content = find(key);
            }
            content.ifPresent(bytes -> found.put(key, bytes));
        }
        return found;
    }

    /** Reads entries in one batch, and keeps them in memory until {@link #unpin}. Blocks; not for the session's own thread. */
    public void pin(Set<StateKey> keys) {
        synchronized (this) {
            reading++;
        }
        try {
            Map<StateKey, byte[]> read = store.read(instance, keys);
            synchronized (this) {
                for (StateKey key : keys) {
                    byte[] bytes = read.get(key);
                    pinned.putIfAbsent(key, bytes == null ? Value.ABSENT : new Value(bytes));
                }
            }
        } finally {
            synchronized (this) {
                reading--;
            }
        }
    }

    /** No step waits for anything that was read for it. */
    public synchronized void unpin() {
        if (reading == 0) {
            pinned.clear();
        }
    }

    /** From now on it is so, in memory; the store has it once the unit with these changes is {@link #committed}. */
    public void decided(List<? extends Change> changes) {
        for (Change change : changes) {
            synchronized (this) {
                decisions++;
                switch (change) {
                    case Change.Put put -> set(new StateKey(put.kind(), put.key()), change, new Value(put.value()));
                    case Change.Remove remove -> set(new StateKey(remove.kind(), remove.key()), change, Value.ABSENT);
                    case Change.Clear clear -> clear(clear);
                }
            }
            observers.forEach(observer -> observer.accept(change));
        }
    }

    private void set(StateKey key, Change change, Value value) {
        waiting.put(key, new Waiting(change, value));
        if (reading > 0 || pinned.containsKey(key)) {
            pinned.put(key, value);
        }
    }

    private void clear(Change.Clear clear) {
        cleared.put(clear.kind(), clear);
        waiting.keySet().removeIf(key -> key.kind() == clear.kind());
        pinned.replaceAll((key, value) -> key.kind() == clear.kind() ? Value.ABSENT : value);
        cache.clear();
    }

    /** The store has these changes. */
    public synchronized void committed(List<? extends Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Put put -> settle(new StateKey(put.kind(), put.key()), put);
                case Change.Remove remove -> settle(new StateKey(remove.kind(), remove.key()), remove);
                case Change.Clear clear -> cleared.remove(clear.kind(), clear);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // an equal change may have been decided once more, and wait still
    private void settle(StateKey key, Change change) {
        Waiting present = waiting.get(key);
        if (present != null && present.change() == change) {
            if (key.kind().readBack()) {
                cache.put(key, present.value().bytes());
            }
            waiting.remove(key);
        }
    }

    /** What was decided and not stored is void. */
    public synchronized void reset() {
        decisions++;
        waiting.clear();
        cleared.clear();
        pinned.clear();
        cache.clear();
    }

    private @Nullable Value inMemory(StateKey key) {
        Waiting decided = waiting.get(key);
        if (decided != null) {
            return decided.value();
        }
        if (cleared.containsKey(key.kind())) {
            return Value.ABSENT;
        }
        synchronized (this) {
            Value read = pinned.get(key);
            if (read != null) {
                return read;
            }
        }
        return cache.find(key).map(Value::of).orElse(null);
    }

    private synchronized long decisionsSoFar() {
        return decisions;
    }

    /** What was read is worth keeping unless something was decided meanwhile: then it may be older than the store. */
    private synchronized Value keep(StateKey key, Value read, long before) {
        if (decisions == before && key.kind().readBack()) {
            cache.put(key, read.bytes());
        }
        Waiting decided = waiting.get(key);
        return decided == null ? read : decided.value();
    }
}
