package io.greenfinch.gateway.instance;

import io.greenfinch.client.SessionStatus;
import io.greenfinch.gateway.store.StateHistoryTable;
import io.greenfinch.gateway.store.StateHistoryTable.Entry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the states of instances changed, kept over restarts (green-api.md §4.4). A passing {@code starting} is no change.
 * Thread-safe.
 */
public final class StateHistory {

    private static final Logger log = LoggerFactory.getLogger(StateHistory.class);

    private final Map<Long, Entry> last = new ConcurrentHashMap<>();
    private final StateHistoryTable table;
    private final Clock clock;

    public StateHistory(StateHistoryTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /**
     * Takes over what is stored.
     *
     * @throws io.greenfinch.client.store.StoreException when it can't be read
     */
    void load() {
        last.putAll(table.last());
    }

    /** Notes what a session's status says now, if that is a change; never blocks. */
    void observe(long instance, SessionStatus status) {
        InstanceState state = InstanceState.of(status, clock.instant());
        // While a connection is being made the account counts as authorized; that it is shows once it is there.
        boolean proven = state != InstanceState.AUTHORIZED || status.online();
        if (state != InstanceState.STARTING && proven) {
            last.compute(instance, (id, before) -> changed(id, before, state, status));
        }
    }

    private @Nullable Entry changed(long id, @Nullable Entry before, InstanceState state, SessionStatus status) {
        String old = before == null ? InstanceState.NOT_AUTHORIZED.wire() : before.state();
        if (old.equals(state.wire())) {
            return before;
        }
        // Who was unlinked is no longer in the status.
        String phone = status.account()
                .map(account -> account.pn().user())
                .or(() -> Optional.ofNullable(before).map(Entry::phone))
                .orElse("");
        Entry after = new Entry(state.wire(), phone, status.since());
        var _ = table.add(id, after).whenComplete((done, failure) -> {
            if (failure != null) {
                log.error("A change of state of instance {} could not be stored: {}", id, failure.getMessage());
            }
        });
        return after;
    }

    /**
     * The newest changes, the newest first; blocks.
     *
     * @throws io.greenfinch.client.store.StoreException when they can't be read
     */
    public List<Entry> newest(long instance, int count) {
        return table.newest(instance, count);
    }

    /** Forgets an instance that is deleted. */
    void forget(long instance) {
        last.remove(instance);
    }
}
