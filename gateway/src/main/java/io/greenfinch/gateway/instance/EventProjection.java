package io.greenfinch.gateway.instance;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.gateway.store.KeptAnswerTable;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.store.StateHistoryTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway keeps of what happens in sessions: turns events into rows, which are committed with the changes of
 * state that caused them. The one place that knows which event leaves which row. Thread-safe; never blocks.
 */
public final class EventProjection {

    private final StateHistoryTable history;
    private final KeptAnswerTable answers;

    /** The last state in the history of an instance; of others it is not known, and the database decides. */
    private final Map<Long, String> lastStates;

    /** Reads the last state of every instance, and blocks until that is done. */
    public EventProjection(StateHistoryTable history, KeptAnswerTable answers) {
        this.history = history;
        this.answers = answers;
        this.lastStates = new ConcurrentHashMap<>(history.lastStates());
    }

    /** What a unit leaves. A state that the history has already leaves nothing, for most logins tell no other. */
    final class Projection {

        private final long instance;
        private final List<Row> rows = new ArrayList<>();
        private @Nullable String noted;

        private Projection(long instance) {
            this.instance = instance;
        }

        /** In the order of the events. */
        List<Row> rows() {
            return rows;
        }

        /** It is durable now. */
        void durable() {
            if (noted != null) {
                lastStates.put(instance, noted);
            }
        }

        /** Whether it is durable is not known. */
        void doubtful() {
            lastStates.remove(instance);
        }

        private void note(InstanceState state, Optional<Account> account, Instant at) {
            String wire = state.wire();
            if (!wire.equals(noted == null ? lastStates.get(instance) : noted)) {
                noted = wire;
                Optional<String> phone = account.map(known -> known.pn().user());
                rows.add(history.change(instance, InstanceState.NOT_AUTHORIZED.wire(), wire, phone, at));
            }
        }
    }

    Projection project(long instance, List<SessionEvent> events) {
        Projection projection = new Projection(instance);
        for (SessionEvent event : events) {
            switch (event) {
                // Whoever was accepted by a phone is authorized; that a connection works is told later.
                case SessionEvent.Linked linked ->
                    projection.note(InstanceState.AUTHORIZED, Optional.of(linked.account()), linked.at());
                case SessionEvent.StatusChanged changed ->
                    change(changed)
                            .ifPresent(state ->
                                    projection.note(state, changed.status().account(), changed.at()));
                case SessionEvent.Unlinked unlinked -> projection.rows.add(answers.linkEnded(instance));
                case SessionEvent.GroupMembersChanged members -> {}
                case SessionEvent.GroupChanged group -> {}
                case SessionEvent.PictureChanged picture -> {}
                case SessionEvent.IdentityChanged identity -> {}
                case SessionEvent.MessageReceived message -> {}
                case SessionEvent.MessageAccepted accepted -> {}
                case SessionEvent.MessageRefused refused -> {}
                case SessionEvent.ReceiptReceived receipt -> {}
            }
        }
        return projection;
    }

    /** A passing {@code starting} is no change, and neither is an authorization that no connection has proven yet. */
    private static Optional<InstanceState> change(SessionEvent.StatusChanged changed) {
        SessionStatus status = changed.status();
        InstanceState state = InstanceState.of(status, status.since());
        boolean proven = state != InstanceState.AUTHORIZED || status.online();
        return state != InstanceState.STARTING && proven ? Optional.of(state) : Optional.empty();
    }
}
