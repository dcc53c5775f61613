package io.greenfinch.gateway.instance;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.store.StateHistoryTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway keeps of what happens in sessions: turns events into rows, which are committed with the changes of
 * state that caused them. The one place that knows which event leaves which row. Thread-safe; never blocks.
 */
public record EventProjection(StateHistoryTable history) {

    /** The rows of a unit, in the order of its events. */
    List<Row> rows(long instance, List<SessionEvent> events) {
        List<Row> rows = new ArrayList<>();
        for (SessionEvent event : events) {
            switch (event) {
                // Whoever was accepted by a phone is authorized; that a connection works is told later.
                case SessionEvent.Linked linked ->
                    rows.add(state(instance, InstanceState.AUTHORIZED, Optional.of(linked.account()), linked.at()));
                case SessionEvent.StatusChanged changed -> {
                    SessionStatus status = changed.status();
                    change(changed)
                            .map(state -> state(instance, state, status.account(), status.since()))
                            .ifPresent(rows::add);
                }
                case SessionEvent.Unlinked unlinked -> {} // its status says so too
                case SessionEvent.GroupMembersChanged members -> {}
                case SessionEvent.GroupChanged group -> {}
                case SessionEvent.PictureChanged picture -> {}
                case SessionEvent.IdentityChanged identity -> {}
            }
        }
        return rows;
    }

    private Row state(long instance, InstanceState state, Optional<Account> account, Instant at) {
        Optional<String> phone = account.map(known -> known.pn().user());
        return history.change(instance, InstanceState.NOT_AUTHORIZED.wire(), state.wire(), phone, at);
    }

    /** A passing {@code starting} is no change, and neither is an authorization that no connection has proven yet. */
    private static Optional<InstanceState> change(SessionEvent.StatusChanged changed) {
        SessionStatus status = changed.status();
        InstanceState state = InstanceState.of(status, changed.at());
        boolean proven = state != InstanceState.AUTHORIZED || status.online();
        return state != InstanceState.STARTING && proven ? Optional.of(state) : Optional.empty();
    }
}
