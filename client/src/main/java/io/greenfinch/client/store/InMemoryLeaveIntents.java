package io.greenfinch.client.store;

import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Intents that live and die with the process: the reference for others. Thread-safe; every method returns at once. */
public final class InMemoryLeaveIntents implements LeaveIntents {

    private record Key(long instance, Jid group) {}

    private record Entry(Intent intent, boolean settled) {}

    private final Clock clock;
    private final Map<Key, Entry> entries = new HashMap<>();

    /** Intents that grow old by {@code clock}. */
    public InMemoryLeaveIntents(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void record(long instance, Intent intent) {
        if (find(instance, intent.group()).isEmpty()) {
            entries.put(new Key(instance, intent.group()), new Entry(intent, false));
        }
    }

    @Override
    public synchronized Optional<Intent> find(long instance, Jid group) {
        return Optional.ofNullable(entries.get(new Key(instance, group)))
                .filter(entry -> !entry.settled())
                .map(Entry::intent)
                .filter(intent -> clock.instant().isBefore(intent.at().plus(KEPT)));
    }

    @Override
    public synchronized void settle(long instance, Jid group) {
        mark(instance, group, true);
    }

    @Override
    public synchronized void reopen(long instance, Jid group) {
        mark(instance, group, false);
    }

    @Override
    public synchronized void forget(long instance, Jid group) {
        entries.remove(new Key(instance, group));
    }

    @Override
    public synchronized void forgetAll(long instance) {
        entries.keySet().removeIf(key -> key.instance() == instance);
    }

    /** What a durable implementation would find after the death of the process: nothing is settled any more. */
    synchronized InMemoryLeaveIntents afterDeath() {
        InMemoryLeaveIntents next = new InMemoryLeaveIntents(clock);
        entries.forEach((key, entry) -> next.entries.put(key, new Entry(entry.intent(), false)));
        return next;
    }

    private void mark(long instance, Jid group, boolean settled) {
        entries.computeIfPresent(new Key(instance, group), (key, entry) -> new Entry(entry.intent(), settled));
    }
}
