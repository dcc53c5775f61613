package io.greenfinch.gateway.instance;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.notification.DeviceInfo;
import io.greenfinch.gateway.notification.IncomingBlock;
import io.greenfinch.gateway.notification.InstanceData;
import io.greenfinch.gateway.notification.Notification;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.notification.OutboxUnit;
import io.greenfinch.gateway.notification.StateInstanceChanged;
import io.greenfinch.gateway.store.KeptAnswerTable;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.StateHistoryTable;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway keeps of what happens in sessions: turns events into rows, which are committed with the changes of
 * state that caused them. The one place that knows which event leaves which row, and which notification. Thread-safe; what
 * blocks says so.
 */
public final class EventProjection {

    private final StateHistoryTable history;
    private final KeptAnswerTable answers;
    private final Outbox outbox;
    private final SettingsBook settings;
    private final MessageRows messages;
    private final ChatRows chats;
    private final CallRows calls;
    private final PastRows past;

    /** The last state in the history of an instance; of others it is not known, and the database decides. */
    private final Map<Long, String> lastStates;

    /** Which loss of its connection the log of an instance ends with; it is not there while the connection works. */
    private final Map<Long, String> losses = new ConcurrentHashMap<>();

    /** The accounts that were linked when they last told of themselves. */
    private final Map<Long, Account> accounts = new ConcurrentHashMap<>();

    /** Reads the last state of every instance, and blocks until that is done. */
    public EventProjection(
            StateHistoryTable history,
            KeptAnswerTable answers,
            Outbox outbox,
            SettingsBook settings,
            MessageRows messages,
            ChatRows chats,
            CallRows calls,
            PastRows past) {
        this.history = history;
        this.answers = answers;
        this.outbox = outbox;
        this.settings = settings;
        this.messages = messages;
        this.chats = chats;
        this.calls = calls;
        this.past = past;
        this.lastStates = new ConcurrentHashMap<>(history.lastStates());
    }

    /** The accounts of these are known: what waited for them comes before they tell of themselves. */
    public void linked(List<Instance> loaded) {
        loaded.forEach(instance -> instance.session()
                .flatMap(open -> open.account().status().account())
                .ifPresent(account -> accounts.putIfAbsent(instance.id(), account)));
    }

    /** What a unit leaves. A state that the history has already leaves nothing, for most logins tell no other. */
    final class Projection {

        private final long instance;
        private final OutboxUnit told;
        private final List<Row> rows = new ArrayList<>();
        private @Nullable String noted;
        private @Nullable String lost;

        private Projection(long instance) {
            this.instance = instance;
            this.told = outbox.unit(instance);
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
            if (lost != null) {
                losses.put(instance, lost);
            }
            told.durable();
        }

        /** Whether it is durable is not known. */
        void doubtful() {
            lastStates.remove(instance);
        }

        private void changed(SessionStatus status, Instant at) {
            status.account().ifPresentOrElse(known -> accounts.put(instance, known), () -> accounts.remove(instance));
            change(status).ifPresent(state -> note(state, status.account(), Optional.of(status), at));
            String loss = loss(status);
            if (loss != null && !loss.equals(lost == null ? losses.getOrDefault(instance, "") : lost)) {
                lost = loss;
                rows.add(told.event(LoggedEvents.connection(status, at)));
            }
        }

        private void note(InstanceState state, Optional<Account> account, Optional<SessionStatus> status, Instant at) {
            String wire = state.wire();
            if (!wire.equals(noted == null ? lastStates.get(instance) : noted)) {
                noted = wire;
                InstanceData data = InstanceData.of(instance, account);
                Optional<String> phone = account.map(known -> known.pn().user());
                rows.add(history.change(
                        instance,
                        InstanceState.NOT_AUTHORIZED.wire(),
                        wire,
                        phone,
                        at,
                        number -> List.of(
                                told.event(LoggedEvents.state(number, state, status, at)),
                                notification(new StateInstanceChanged(number, wire, at), data))));
            }
        }

        private MessageRows.Context context() {
            Optional<Account> account = Optional.ofNullable(accounts.get(instance));
            InstanceData data = InstanceData.of(instance, account);
            return new MessageRows.Context(instance, account, data.wid(), told -> notification(told, data));
        }

        private Row notification(Notification notification, InstanceData data) {
            boolean wanted = settings.find(instance)
                    .filter(current -> notification.wanted(current::on))
                    .isPresent();
            return told.notification(notification, data, wanted);
        }
    }

    /** A message that waits is given up for a reason that is told; blocks. */
    public void giveUp(SendQueueTable.Late late, String why, Instant at) {
        Projection projection = new Projection(late.instance());
        messages.queue().drop(late, List.of(messages.late(projection.context(), late.id(), why, at)));
        projection.durable();
    }

    /**
     * Something is told that did not come from WhatsApp; blocks.
     *
     * @param commit makes the row durable, or does without it
     */
    public void tell(long instance, Notification told, Consumer<Row> commit) {
        Projection projection = new Projection(instance);
        commit.accept(projection.context().telling().apply(told));
        projection.durable();
    }

    /** The same by itself; durable when this returns. */
    public void tell(long instance, Notification told) {
        tell(instance, told, outbox::write);
    }

    Projection project(long instance, List<SessionEvent> events) {
        Projection projection = new Projection(instance);
        for (SessionEvent event : events) {
            switch (event) {
                // Whoever was accepted by a phone is authorized; that a connection works is told later.
                case SessionEvent.Linked linked -> {
                    Optional<Account> account = Optional.of(linked.account());
                    projection.note(InstanceState.AUTHORIZED, account, Optional.empty(), linked.at());
                    // That there is a link is told in any case, by the state.
                    DeviceInfo device = new DeviceInfo(linked.account().platform(), linked.at());
                    if (settings.find(instance)
                            .filter(current -> device.wanted(current::on))
                            .isPresent()) {
                        projection.rows.add(projection.notification(device, InstanceData.of(instance, account)));
                    }
                }
                case SessionEvent.StatusChanged changed -> projection.changed(changed.status(), changed.at());
                case SessionEvent.Unlinked unlinked -> {
                    projection.rows.add(answers.linkEnded(instance));
                    projection.rows.addAll(messages.linkEnded(projection.context(), unlinked.at()));
                    projection.rows.addAll(chats.linkEnded(instance));
                    projection.rows.add(calls.linkEnded(instance));
                    projection.rows.addAll(past.linkEnded(instance));
                }
                case SessionEvent.GroupMembersChanged members ->
                    projection.rows.add(projection.told.event(LoggedEvents.of(members)));
                case SessionEvent.GroupChanged group ->
                    projection.rows.add(projection.told.event(LoggedEvents.of(group)));
                case SessionEvent.PictureChanged picture ->
                    projection.rows.add(projection.told.event(LoggedEvents.of(picture)));
                case SessionEvent.IdentityChanged identity ->
                    projection.rows.add(projection.told.event(LoggedEvents.of(identity)));
                case SessionEvent.AppStateChanged changed -> projection.rows.addAll(chats.changed(instance, changed));
                case SessionEvent.DisappearingTimerChanged timer -> projection.rows.add(chats.changed(instance, timer));
                case SessionEvent.MessageReceived received ->
                    projection.rows.addAll(messages.received(projection.context(), received));
                case SessionEvent.NumberSpelled spelled -> {
                    projection.rows.addAll(messages.spelled(instance, spelled));
                    projection.rows.add(chats.spelled(instance, spelled));
                }
                case SessionEvent.MessageAccepted accepted ->
                    projection.rows.addAll(messages.accepted(projection.context(), accepted));
                case SessionEvent.MessageRefused refused ->
                    projection.rows.addAll(messages.refused(projection.context(), refused));
                case SessionEvent.ReceiptReceived receipt ->
                    projection.rows.addAll(messages.receipt(projection.context(), receipt));
                case SessionEvent.BlockListChanged(Instant at, String stanza, Jid person, boolean blocked) ->
                    projection.rows.add(projection
                            .context()
                            .telling()
                            .apply(new IncomingBlock(stanza, ChatNames.of(person), blocked, at)));
                case SessionEvent.CallOffered offered ->
                    projection.rows.addAll(calls.offered(projection.context(), offered));
                case SessionEvent.CallEnded ended -> projection.rows.add(calls.ended(projection.context(), ended));
                case SessionEvent.HistoryRead read -> projection.rows.addAll(past.read(projection.context(), read));
                case SessionEvent.HistoryProgressed progressed ->
                    projection.rows.add(past.progress().reached(instance, progressed.percent()));
            }
        }
        return projection;
    }

    /** A passing {@code starting} is no change, and neither is an authorization that no connection has proven yet. */
    private static Optional<InstanceState> change(SessionStatus status) {
        InstanceState state = InstanceState.of(status, status.since());
        boolean proven = state != InstanceState.AUTHORIZED || status.online();
        return state != InstanceState.STARTING && proven ? Optional.of(state) : Optional.empty();
    }

    /** What the log should end with: nothing where the connection works, {@code null} where that is not the question. */
    private static @Nullable String loss(SessionStatus status) {
        Phase phase = status.phase();
        return switch (phase) {
            case ONLINE -> "";
            case RECONNECTING, REFUSED -> phase + LoggedEvents.cause(status).orElse("");
            case UNLINKED, PAIRING, PASSKEY_REQUIRED, CONNECTING, CLOSED -> null;
        };
    }
}
