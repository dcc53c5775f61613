package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.MessageReading;
import io.greenfinch.gateway.chat.TextContent;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import io.greenfinch.gateway.work.Rota;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends what is queued: for each instance one message after the other, with the pause between them that its settings name
 * (green-api.md §1.6). A message leaves the queue in the commit that says what became of it; whatever is not known is asked again under
 * the same id. Thread-safe.
 */
public final class SendWorker implements AutoCloseable {

    /** Instances that are sent for at a time. */
    private static final int MOST = 1000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AFTER_SILENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_TOO_MANY = Duration.ofSeconds(30);

    /** Between two looks whether it is stored what became of a message, and for how long that is looked at. */
    private static final Duration TO_BE_STORED = Duration.ofMillis(20);

    private static final Duration LONGEST_TO_BE_STORED = Duration.ofSeconds(30);

    /** The message that an instance is at. */
    private record Step(String id, boolean typed, Optional<Instant> decided) {}

    private final SendQueueTable queue;
    private final Texts texts;
    private final Instances instances;
    private final SettingsBook settings;
    private final Duration minSendDelay;
    private final Clock clock;
    private final Rota rota;
    private final Map<Long, Step> steps = new ConcurrentHashMap<>();

    SendWorker(
            SendQueueTable queue,
            Texts texts,
            Instances instances,
            SettingsBook settings,
            Duration minSendDelay,
            Timers timers,
            Clock clock) {
        this.queue = queue;
        this.texts = texts;
        this.instances = instances;
        this.settings = settings;
        this.minSendDelay = minSendDelay;
        this.clock = clock;
        this.rota = new Rota("send", MOST, this::next, timers, clock);
    }

    /** Sends what has been waiting; blocks until that is known. */
    void start() {
        queue.waiting().forEach(rota::wake);
    }

    /** An instance has something to send. Never blocks. */
    void wake(long instance) {
        rota.wake(instance);
    }

    /** Its connection works. Never blocks. */
    void online(long instance) {
        if (steps.containsKey(instance)) {
            rota.rouse(instance);
        } else {
            rota.wake(instance);
        }
    }

    private Rota.End next(long instance) {
        Optional<Session> session = instances.find(instance).flatMap(Instance::session);
        // One that can't send now is woken when it is online.
        if (session.isEmpty() || !canSend(session.get())) {
            return new Rota.End.Nothing();
        }
        Optional<Item> first = queue.first(instance, 1).stream().findFirst();
        Step step = steps.get(instance);
        if (first.isEmpty() || (step != null && !step.id.equals(first.get().id()))) {
            steps.remove(instance);
            boolean sent = step != null && step.decided.isPresent();
            Duration pause = pause(instance);
            if (sent && !pause.isZero()) {
                return new Rota.End.Pause(pause);
            }
            step = null;
        }
        return first.isEmpty() ? new Rota.End.Nothing() : work(instance, session.get(), first.get(), step);
    }

    private static boolean canSend(Session session) {
        return session.account().status().online();
    }

    private Duration pause(long instance) {
        return settings.find(instance)
                .map(current -> Duration.ofMillis(current.number("delaySendMessagesMilliseconds")))
                .filter(set -> set.compareTo(minSendDelay) > 0)
                .orElse(minSendDelay);
    }

    private Rota.End work(long instance, Session session, Item item, @Nullable Step step) {
        Instant now = clock.instant();
        if (step != null
                && step.decided
                        .filter(since -> now.isBefore(since.plus(LONGEST_TO_BE_STORED)))
                        .isPresent()) {
            return new Rota.End.Pause(TO_BE_STORED);
        }
        JsonNode body = Json.parse(new String(item.body(), StandardCharsets.UTF_8));
        long typing = body.path("typingTime").asLong(0);
        if (typing > 0 && (step == null || !step.typed)) {
            session.messages().composing(ChatNames.jid(item.chat()), true);
            steps.put(instance, new Step(item.id(), true, Optional.empty()));
            return new Rota.End.Pause(Duration.ofMillis(typing));
        }
        TextContent content = texts.content(instance, body);
        OutgoingMessage message = new OutgoingMessage(
                item.id(), ChatNames.jid(item.chat()), MessageReading.text(content.text(), content.quote()));
        Outcome<SentMessage> outcome = session.messages().send(message, now.plus(PATIENCE));
        return switch (outcome) {
            case Outcome.Unknown<SentMessage>(Silence why) -> {
                steps.put(instance, new Step(item.id(), typing > 0, Optional.empty()));
                yield switch (why) {
                    case RATE_LIMITED -> new Rota.End.Pause(AFTER_TOO_MANY);
                    case NOT_LINKED -> new Rota.End.Nothing();
                    case NOT_SENT, UNKNOWN -> new Rota.End.Pause(AFTER_SILENCE);
                };
            }
            // The event of the session takes it out of the queue; were it sent again before that, it would come twice.
            case Outcome.Done<SentMessage> done -> decided(instance, item, typing);
            case Outcome.Refused<SentMessage> refused -> decided(instance, item, typing);
        };
    }

    private Rota.End decided(long instance, Item item, long typing) {
        steps.put(instance, new Step(item.id(), typing > 0, Optional.of(clock.instant())));
        return new Rota.End.More();
    }

    @Override
    public void close() {
        rota.close();
    }
}
