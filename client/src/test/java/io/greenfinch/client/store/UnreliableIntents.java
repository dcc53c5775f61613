package io.greenfinch.client.store;

import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Intents that can't be forgotten when the test says so. */
public final class UnreliableIntents implements LeaveIntents {

    private final InMemoryLeaveIntents intents;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean lasting;

    public UnreliableIntents(Clock clock) {
        intents = new InMemoryLeaveIntents(clock);
    }

    public void lasting(boolean now) {
        lasting = now;
    }

    /** How often somebody wanted to forget all in vain. */
    public int refused() {
        return refused.get();
    }

    @Override
    public void record(long instance, Intent intent) {
        intents.record(instance, intent);
    }

    @Override
    public Optional<Intent> find(long instance, Jid group) {
        return intents.find(instance, group);
    }

    @Override
    public void settle(long instance, Jid group) {
        intents.settle(instance, group);
    }

    @Override
    public void reopen(long instance, Jid group) {
        intents.reopen(instance, group);
    }

    @Override
    public void forget(long instance, Jid group) {
        intents.forget(instance, group);
    }

    @Override
    public void forgetAll(long instance) {
        if (lasting) {
            refused.incrementAndGet();
            throw new StoreException("the disk is full");
        }
        intents.forgetAll(instance);
    }
}
