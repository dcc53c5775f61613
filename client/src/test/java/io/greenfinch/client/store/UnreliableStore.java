package io.greenfinch.client.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that can't be read when the test says so. */
public final class UnreliableStore implements SessionStore<Object> {

    private final InMemorySessionStore<Object> store = new InMemorySessionStore<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean unreadable;

    public void unreadable(boolean now) {
        unreadable = now;
    }

    /** How often somebody wanted to read in vain. */
    public int refused() {
        return refused.get();
    }

    @Override
    public long claim(long instance) {
        return store.claim(instance);
    }

    @Override
    public Map<StateKey, byte[]> read(long instance, Collection<StateKey> keys) {
        check();
        return store.read(instance, keys);
    }

    @Override
    public Map<String, byte[]> load(long instance, StateKind kind) {
        check();
        return store.load(instance, kind);
    }

    @Override
    public Set<String> keys(long instance, StateKind kind) {
        check();
        return store.keys(instance, kind);
    }

    @Override
    public CompletionStage<Void> commit(long instance, long epoch, List<Change> changes, List<?> rows) {
        return store.commit(instance, epoch, changes, rows);
    }

    private void check() {
        if (unreadable) {
            refused.incrementAndGet();
            throw new StoreException("the disk does not answer");
        }
    }
}
