package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.MessageContent;
import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.RepeatRecord;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.MessageRows;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import io.greenfinch.gateway.work.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends what callers want sent: takes it into queue and journal, and under an Idempotency-Key together with the answer, in one
 * transaction; then it goes out, one message after the other. Thread-safe.
 */
public final class Sending implements AutoCloseable {

    private final SendQueueTable queue;
    private final MessageTable messages;
    private final Texts texts;
    private final SendWorker worker;
    private final EventProjection projection;
    private final Instances instances;
    private final Rounds rounds;

    /**
     * Nothing is sent before {@link #start}.
     *
     * @param minSendDelay the shortest pause between two messages, whatever the settings say
     * @param clock the timers' own
     */
    public Sending(
            MessageRows rows,
            EventProjection projection,
            Instances instances,
            SettingsBook settings,
            Duration minSendDelay,
            Timers timers,
            Clock clock) {
        this.queue = rows.queue();
        this.messages = rows.messages();
        this.texts = new Texts(messages, instances);
        this.worker = new SendWorker(queue, texts, instances, settings, minSendDelay, timers, clock);
        this.projection = projection;
        this.instances = instances;
        this.rounds = new Rounds("messages", this::sweep, timers, clock);
    }

    /** Sends from now on, and what has been waiting first; blocks until that is known. */
    public void start() {
        rounds.start();
        worker.start();
    }

    /** Something has happened to an instance. Never blocks. */
    public void happened(long instance, SessionEvent event) {
        if (event instanceof SessionEvent.StatusChanged changed
                && changed.status().online()) {
            worker.online(instance);
        }
    }

    private void sweep() {
        rounds.all(batch -> {
            List<SendQueueTable.Late> late = queue.late(batch);
            for (SendQueueTable.Late each : late) {
                projection.giveUp(each, queue.clock().instant());
                instances
                        .find(each.instance())
                        .flatMap(Instance::session)
                        .ifPresent(session -> session.messages().giveUp(each.id()));
            }
            return late.size();
        });
        rounds.all(messages::sweep);
    }

    SendQueueTable queue() {
        return queue;
    }

    MessageTable messages() {
        return messages;
    }

    /** Answers with the id that the message has from now on; blocks until it is durable. */
    Reply give(Instance instance, String type, ObjectNode body, RepeatRecord record) {
        Optional<Session> session = instance.session();
        if (session.isEmpty()) {
            return Reply.error(400, "instance in starting process try later");
        }
        String id = session.get().messages().newId();
        String chat = body.path("chatId").stringValue();
        MessageContent content = texts.content(instance.id(), body);
        Entry entry = new Entry(
                id,
                chat,
                "",
                true,
                content.typeMessage(),
                new JournalBody(content, "", true).bytes(),
                Optional.of(MessageStatus.PENDING.wire()),
                messages.clock().instant());
        Reply answer = Reply.ok(Json.object().put("idMessage", id));
        List<Row> rows = new ArrayList<>();
        rows.add(messages.add(instance.id(), entry, List.of()));
        record.answering(answer).ifPresent(rows::add);
        if (!queue.add(instance.id(), new Item(id, chat, type, Json.bytes(body)), rows)) {
            return Reply.error(429, "Too Many Requests").withReason("busy").withRetryAfter(30);
        }
        worker.wake(instance.id());
        return answer;
    }

    /** Begins nothing more. */
    @Override
    public void close() {
        rounds.close();
        worker.close();
    }
}
