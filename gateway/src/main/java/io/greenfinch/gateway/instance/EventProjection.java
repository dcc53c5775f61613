package io.greenfinch.gateway.instance;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.store.StateHistoryTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the gateway keeps of what happens in sessions: turns events into rows, which are committed with the changes of
 * state that caused them. The one place that knows which event leaves which row. Thread-safe; never blocks.
 */
public final class EventProjection {

    private final StateHistoryTable history;

    /** The last state in the history of an instance; of others it is not known, and the database decides. */
    private final Map<Long, String> lastStates;

    /** Reads the last state of every instance, and blocks until that is done. */
    public EventProjection(StateHistoryTable history) {
        this.history = history;
        this.lastStates = new ConcurrentHashMap<>(history.lastStates());
    }

    /**
     * What a unit leaves.
     *
     * @param rows in the order of its events
     * @param state the last that it notes
     */
    record Projected(List<Row> rows, Optional<String> state) {}

    /** What comes of a unit. A state that the history has already leaves nothing, for most logins tell no other. */
    Projected project(long instance, List<SessionEvent> events) {
        List<Row> rows = new ArrayList<>();
        String last = lastStates.get(instance);
        for (SessionEvent event : events) {
            Optional<Noted> noted = noted(event);
            if (noted.isPresent() && !noted.get().state().equals(last)) {
                last = noted.get().state();
                rows.add(row(instance, noted.get()));
            }
        }
        return new Projected(rows, Optional.ofNullable(rows.isEmpty() ? null : last));
    }

    /** What was projected for this instance is durable. */
    void durable(long instance, Projected projected) {
        projected.state().ifPresent(state -> lastStates.put(instance, state));
    }

    /** Whether what was projected for this instance is durable is not known. */
    void doubtful(long instance) {
        lastStates.remove(instance);
    }

    private record Noted(String state, Optional<Account> account, Instant at) {}

    private static Optional<Noted> noted(SessionEvent event) {
        return switch (event) {
            // Whoever was accepted by a phone is authorized; that a connection works is told later.
            case SessionEvent.Linked linked ->
                Optional.of(new Noted(InstanceState.AUTHORIZED.wire(), Optional.of(linked.account()), linked.at()));
            case SessionEvent.StatusChanged changed -> {
                SessionStatus status = changed.status();
                yield change(changed).map(state -> new Noted(state.wire(), status.account(), changed.at()));
            }
            case SessionEvent.Unlinked unlinked -> Optional.empty(); // its status says so too
            case SessionEvent.GroupMembersChanged members -> Optional.empty();
            case SessionEvent.GroupChanged group -> Optional.empty();
            case SessionEvent.PictureChanged picture -> Optional.empty();
            case SessionEvent.IdentityChanged identity -> Optional.empty();
        };
    }

    private Row row(long instance, Noted noted) {
        Optional<String> phone = noted.account().map(known -> known.pn().user());
        return history.change(instance, InstanceState.NOT_AUTHORIZED.wire(), noted.state(), phone, noted.at());
    }

    /** A passing {@code starting} is no change, and neither is an authorization that no connection has proven yet. */
    private static Optional<InstanceState> change(SessionEvent.StatusChanged changed) {
        SessionStatus status = changed.status();
        InstanceState state = InstanceState.of(status, status.since());
        boolean proven = state != InstanceState.AUTHORIZED || status.online();
        return state != InstanceState.STARTING && proven ? Optional.of(state) : Optional.empty();
    }
}
