package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.client.message.Messages.Composing;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import io.greenfinch.gateway.work.Rota;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends what is queued: for each instance one message after the other, with the pause between them that its settings name
 * (green-api.md §1.6). Where they name none, several chats are written to at a time, each in its order. A message leaves the queue in the commit that says what became of it; whatever is not known is asked again under
 * the same id. Thread-safe.
 */
public final class SendWorker implements AutoCloseable {

    /** Instances that are sent for at a time. */
    private static final int MOST = 1000;

    /** Chats of an instance that are written to at a time, where there is no pause between messages. */
    private static final int CHATS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AFTER_TOO_MANY = Duration.ofSeconds(30);

    /** Between two looks whether it is stored what became of a message, and for how long that is looked at. */
    private static final Duration TO_BE_STORED = Duration.ofMillis(20);

    /** Between two looks whether it is known what was dropped. */
    private static final Duration TO_BE_DECIDED = Duration.ofSeconds(1);

    private static final Duration LONGEST_TO_BE_STORED = Duration.ofSeconds(30);

    /** Of an edit, in the words of GREEN-API (green-api.md §6.9). */
    private static final String TOO_LATE = "15 minute editing time gap has been expired";

    private final SendQueueTable queue;
    private final Preparations preparations;
    private final DisappearingMessages disappearing;
    private final QueueHeads heads;
    private final BiConsumer<SendQueueTable.Late, String> failed;
    private final Instances instances;
    private final SettingsBook settings;
    private final Clock clock;
    private final Rota rota;
    private final Drops drops = new Drops();

    /** The instances that wait for nothing but messages that are left alone for a while. */
    private final Set<Long> resting = ConcurrentHashMap.newKeySet();

    private final SendSteps steps = new SendSteps();
    private final SendPace pace;

    /** @param failed told what will not be sent, and why */
    SendWorker(
            SendQueueTable queue,
            Preparations preparations,
            DisappearingMessages disappearing,
            BiConsumer<SendQueueTable.Late, String> failed,
            Instances instances,
            SettingsBook settings,
            Duration minSendDelay,
            Timers timers,
            Clock clock) {
        this.queue = queue;
        this.preparations = preparations;
        this.disappearing = disappearing;
        this.heads = new QueueHeads(queue, preparations);
        this.failed = failed;
        this.instances = instances;
        this.settings = settings;
        this.pace = new SendPace(settings, minSendDelay);
        this.clock = clock;
        this.rota = new Rota("send", MOST, this::next, timers, clock);
    }

    /** Sends what has been waiting; blocks until that is known. */
    void start() {
        steps.inherit(queue.ready());
        queue.waiting().forEach(rota::wake);
    }

    /** An instance has something to send. Never blocks. */
    void wake(long instance) {
        if (resting.remove(instance)) {
            rota.rouse(instance);
        } else {
            rota.wake(instance);
        }
    }

    /** Its settings are others: a pause that is under way may be as long as another one now. Never blocks. */
    void settingsChanged(long instance) {
        rota.rouse(instance);
    }

    /** Its connection works. Never blocks. */
    void online(long instance) {
        if (steps.awake(instance)) {
            rota.rouse(instance);
        } else {
            rota.wake(instance);
        }
    }

    /** Whether a message may have been sent, though nothing was heard of it. */
    boolean mayHaveSent(long instance, String id) {
        return steps.begun(instance).contains(id);
    }

    /** Drops what waits, but for what may have been sent already, and tells the ids; {@code with} is done for each of them. Blocks. */
    List<String> drop(long instance, Function<String, Row> with) {
        return drops.drop(instance, () -> queue.clear(instance, steps.begun(instance), with));
    }

    private Rota.End next(long instance) {
        long dropped = drops.count(instance);
        Optional<Session> session = instances.find(instance).flatMap(Instance::session);
        // One that can't send now is woken when it is online.
        if (session.isEmpty() || !canSend(session.get())) {
            return new Rota.End.Nothing();
        }
        resting.add(instance); // before the look, so that nothing is queued unheard in between
        boolean rests = false;
        try {
            Duration pause = pace.pause(instance);
            List<Item> waiting = queue.first(instance, QueueHeads.AHEAD);
            Instant now = clock.instant();
            if (left(instance, waiting)) {
                pace.sent(instance, now);
            }
            // Whatever cuts a pause of the rota short: the distance to the message before is kept.
            Optional<Duration> tooEarly = waiting.isEmpty() ? Optional.empty() : pace.left(instance, now);
            if (tooEarly.isPresent()) {
                return new Rota.End.Pause(tooEarly.get());
            }
            if (!pause.isZero() && waiting.stream().anyMatch(item -> isDecided(instance, item))) {
                return new Rota.End.Pause(TO_BE_STORED); // what comes next keeps its distance from that
            }
            Predicate<Item> alone = item -> steps.rests(instance, item.id(), now);
            List<Item> ready = heads.ready(instance, session.get(), waiting, alone, rota::wake);
            if (ready.isEmpty()) {
                Optional<Instant> first = steps.firstRest(instance, now);
                rests = first.isPresent();
                // What is not ready wakes the instance when it is.
                return first.<Rota.End>map(until -> new Rota.End.Pause(Duration.between(now, until)))
                        .orElseGet(Rota.End.Nothing::new);
            }
            resting.remove(instance);
            return round(instance, session.get(), pause.isZero() ? ready : ready.subList(0, 1), dropped);
        } finally {
            if (!rests) {
                resting.remove(instance);
            }
        }
    }

    private boolean isDecided(long instance, Item item) {
        return steps.find(instance, item.id())
                .flatMap(Step::decided)
                .filter(since -> clock.instant().isBefore(since.plus(LONGEST_TO_BE_STORED)))
                .isPresent();
    }

    /** Forgets the messages that are in the queue no more; tells whether one of them was sent. */
    private boolean left(long instance, List<Item> waiting) {
        Set<String> others = new HashSet<>(steps.of(instance).keySet());
        others.addAll(preparations.under(instance));
        waiting.forEach(item -> others.remove(item.id()));
        // Behind the first ones there may be more that something is known of.
        if (waiting.size() == QueueHeads.AHEAD && !others.isEmpty()) {
            others.removeAll(queue.among(instance, others));
        }
        preparations.forget(instance, others);
        return steps.forget(instance, others);
    }

    /** One message to each of some chats, at the same time; in a chat they keep their order. */
    private Rota.End round(long instance, Session session, List<Item> firsts, long dropped) {
        Map<String, Step> known = steps.open(instance);
        return SendRound.of(
                "send-" + instance,
                firsts.stream()
                        .limit(CHATS)
                        .<Supplier<Rota.End>>map(item -> () -> work(instance, session, item, known, dropped))
                        .toList());
    }

    private static boolean canSend(Session session) {
        return session.account().status().online();
    }

    private Rota.End work(long instance, Session session, Item item, Map<String, Step> known, long dropped) {
        Step step = known.get(item.id());
        Instant now = clock.instant();
        if (step != null
                && step.decided()
                        .filter(since -> now.isBefore(since.plus(LONGEST_TO_BE_STORED)))
                        .isPresent()) {
            return new Rota.End.Pause(TO_BE_STORED);
        }
        SendQueueTable.Late late = new SendQueueTable.Late(instance, item.id());
        Optional<QueuedMessage> readable = QueuedMessage.of(item);
        if (readable.isEmpty()) {
            failed.accept(late, "the message can't be read");
            return new Rota.End.More();
        }
        QueuedMessage queued = readable.get();
        if (queued.until().filter(queue.clock().instant()::isAfter).isPresent() && !mayHaveSent(instance, item.id())) {
            failed.accept(late, TOO_LATE);
            return new Rota.End.More();
        }
        long typing = queued.typing(
                settings.find(instance).map(set -> set.number("autoTyping")).orElse(0L));
        if (typing > 0 && (step == null || !step.typed())) {
            boolean recording = queued.request().path("typingType").asString("").equals(SendFields.RECORDING);
            session.messages().composing(ChatNames.jid(item.chat()), recording ? Composing.VOICE : Composing.TEXT);
            Step typed = step == null ? Step.TYPED : step.withTyping();
            Duration shown = Duration.ofMillis(typing);
            boolean alone = pace.pause(instance).isZero(); // then other chats don't wait for what is typed in this one
            known.put(item.id(), alone ? typed.resting(clock.instant().plus(shown)) : typed);
            return alone ? new Rota.End.More() : new Rota.End.Pause(shown);
        }
        boolean begun = step != null && step.begun();
        if (!drops.begin(instance, dropped, () -> known.put(item.id(), Step.of(typing > 0, true)))) {
            return new Rota.End.Pause(drops.isOpen(instance) ? TO_BE_DECIDED : TO_BE_STORED);
        }
        Jid chat = ChatNames.jid(item.chat());
        OutgoingMessage message = new OutgoingMessage(
                item.id(),
                chat,
                disappearing.in(instance, session, chat, queued.message()),
                queued.audience().map(StatusAudience::audience));
        Outcome<SentMessage> outcome = session.messages().send(message, now.plus(PATIENCE));
        return switch (outcome) {
            case Outcome.Unknown<SentMessage>(Silence why) -> {
                Step left = Step.of(typing > 0, begun || why == Silence.UNKNOWN);
                boolean silent = why == Silence.UNKNOWN || why == Silence.NOT_SENT;
                known.put(item.id(), silent ? left.after(now, clock.instant()) : left);
                yield switch (why) {
                    case RATE_LIMITED -> {
                        pace.rest(instance, clock.instant().plus(AFTER_TOO_MANY));
                        yield new Rota.End.Pause(AFTER_TOO_MANY);
                    }
                    case NOT_LINKED -> new Rota.End.Nothing();
                    case NOT_SENT, UNKNOWN ->
                        new Rota.End.Pause(pace.pause(instance)); // other chats need not wait for this one
                };
            }
            // The event of the session takes it out of the queue; were it sent again before that, it would come twice.
            case Outcome.Done<SentMessage> done -> decided(known, item, typing);
            case Outcome.Refused<SentMessage> refused -> decided(known, item, typing);
        };
    }

    private Rota.End decided(Map<String, Step> known, Item item, long typing) {
        known.put(item.id(), new Step(typing > 0, true, Optional.of(clock.instant()), Optional.empty()));
        return new Rota.End.More();
    }

    @Override
    public void close() {
        rota.close();
    }
}
