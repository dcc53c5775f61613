package io.greenfinch.gateway.sending;

import com.google.protobuf.ByteString;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.store.UnknownOutcomeException;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.MessageReading;
import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.chat.MessageWriting.Known;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.RepeatRecord;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.EventProjection;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.MessageRows;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.media.StoredFiles;
import io.greenfinch.gateway.preview.PreviewMaker;
import io.greenfinch.gateway.store.ChatTimerTable;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.MessageTable.Revision;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import io.greenfinch.gateway.store.StatusReceiptTable;
import io.greenfinch.gateway.work.Rounds;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends what callers want sent: takes it into queue and journal, and under an Idempotency-Key together with the answer, in one
 * transaction; then it goes out, one message after the other. Thread-safe.
 */
public final class Sending implements AutoCloseable {

    /** What a method answers that gives one message to the queue. */
    static final Shape ANSWER = Shape.object("idMessage", Shape.pattern("3EB0[0-9A-F]{18}"));

    private final SendQueueTable queue;
    private final MessageTable messages;
    private final StatusReceiptTable receipts;
    private final KnownMessages known;
    private final FileLinks links;
    private final Preparations preparations;
    private final SendWorker worker;
    private final GivenUpMessages givenUp;
    private final Rounds rounds;
    private final Typing typing;
    private final SettingsBook settings;

    /**
     * Nothing is sent before {@link #start}.
     *
     * @param minSendDelay the shortest pause between two messages, whatever the settings say
     * @param clock the timers' own
     */
    public Sending(
            MessageRows rows,
            ChatTimerTable chatTimers,
            StoredFiles files,
            PreviewMaker previews,
            EventProjection projection,
            Instances instances,
            SettingsBook settings,
            Duration minSendDelay,
            Timers timers,
            Clock clock) {
        this.queue = rows.queue();
        this.messages = rows.messages();
        this.receipts = rows.receipts();
        this.givenUp = new GivenUpMessages(projection, instances, queue);
        this.known = new KnownMessages(messages);
        this.links = rows.links();
        this.preparations = new Preparations(files, previews, queue, this::prepared, givenUp::giveUp, timers, clock);
        this.worker = new SendWorker(
                queue,
                preparations,
                new DisappearingMessages(chatTimers),
                givenUp::giveUp,
                instances,
                settings,
                minSendDelay,
                timers,
                clock);
        this.settings = settings;
        this.typing = new Typing(timers, clock);
        this.rounds = new Rounds("messages", this::sweep, timers, clock);
    }

    /** Sends from now on, and what has been waiting first; blocks until that is known. */
    public void start() {
        rounds.start();
        givenUp.forgetUnwanted();
        worker.start();
    }

    /** Something has happened to an instance. Never blocks. */
    public void happened(long instance, SessionEvent event) {
        if (event instanceof SessionEvent.StatusChanged changed
                && changed.status().online()) {
            worker.online(instance);
        }
    }

    /** The settings of an instance are others. Never blocks. */
    public void settingsChanged(long instance) {
        worker.settingsChanged(instance);
    }

    private void sweep() {
        rounds.all(batch -> {
            List<SendQueueTable.Late> late = queue.late(batch);
            for (SendQueueTable.Late each : late) {
                boolean perhaps = worker.mayHaveSent(each.instance(), each.id());
                givenUp.giveUp(each, (perhaps ? "not known to be sent" : "not sent") + " within 24 hours");
            }
            return late.size();
        });
        rounds.all(messages::sweep);
        rounds.all(receipts::sweep);
    }

    Typing typing() {
        return typing;
    }

    /**
     * Drops what waits to be sent, but for what may have been sent already; blocks.
     *
     * @param with what else is done for each, by its id
     */
    void drop(long instance, Function<String, Row> with) {
        givenUp.drop(instance, () -> worker.drop(instance, with));
    }

    SendQueueTable queue() {
        return queue;
    }

    MessageTable messages() {
        return messages;
    }

    /** The message that one is to answer, where that is known; else it goes without (green-api.md §5). */
    Optional<Known> answered(Instance instance, Call call) {
        return SendFields.quoted(call)
                .flatMap(id -> known.find(instance, call.get(SendFields.CHAT), id))
                .filter(Sending::canBeQuoted);
    }

    /** Some are nested so deep that nobody could read an answer. */
    private static boolean canBeQuoted(Known answered) {
        return MessageEnvelope.ofPlain(
                        MessageWriting.text("", Optional.of(answered)).toByteArray())
                .isPresent();
    }

    /** Whether previews of links are shown where a caller says nothing of it. */
    boolean previewsLinks(Instance instance) {
        return settings.find(instance.id())
                .filter(current -> current.off("linkPreview"))
                .isEmpty();
    }

    /** A message of a chat that we have sent, and when. */
    Optional<Entry> own(Instance instance, Jid chat, String id) {
        return messages.find(instance.id(), ChatNames.of(chat), id).filter(Entry::outgoing);
    }

    /** A message of a chat. */
    Optional<Known> find(Instance instance, Jid chat, String id) {
        return known.find(instance, chat, id);
    }

    /** Answers with the id that the message has from now on; blocks until it is durable. */
    Reply give(Instance instance, Draft draft, RepeatRecord record) {
        return give(
                instance, List.of(draft), record, ids -> Reply.ok(Json.object().put("idMessage", ids.getFirst())));
    }

    /**
     * Takes all of them or none, and answers with what is made of their ids, unless there is no room; blocks until they are
     * durable.
     */
    Reply give(Instance instance, List<Draft> drafts, RepeatRecord record, Function<List<String>, Reply> answer) {
        Optional<Session> session = instance.session();
        if (session.isEmpty()) {
            return Reply.error(400, "instance in starting process try later");
        }
        List<String> ids = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (Draft draft : drafts) {
            String id = session.get().messages().newId();
            ids.add(id);
            items.add(new Item(
                    id,
                    ChatNames.of(draft.chat()),
                    draft.type(),
                    new QueuedMessage(
                                    draft.request(),
                                    draft.message(),
                                    draft.until(),
                                    draft.preview(),
                                    draft.file(),
                                    draft.audience())
                            .bytes()));
            rows.add(entered(instance.id(), id, draft));
        }
        Reply reply = answer.apply(ids);
        record.answering(reply).ifPresent(rows::add);
        try {
            if (!queue.add(instance.id(), items, rows)) {
                return Reply.error(429, "Too Many Requests").withReason("busy").withRetryAfter(30);
            }
        } catch (UnknownOutcomeException e) {
            var _ = e.decided().thenRun(() -> worker.wake(instance.id())); // it may be stored in the end
            throw e;
        }
        worker.wake(instance.id());
        return reply;
    }

    private Row entered(long instance, String id, Draft draft) {
        Optional<MessageEnvelope> envelope =
                MessageEnvelope.ofPlain(draft.message().toByteArray());
        String chat = ChatNames.of(draft.chat());
        FileLinks.Linked linked = draft.file().isPresent()
                ? new FileLinks.Linked(draft.content(), draft.rows())
                : links.link(instance, chat, id, envelope, draft.content());
        Optional<ByteString> original = envelope.filter(
                        whole -> draft.audience().isPresent() || !MessageReading.tellsAll(whole))
                .map(whole -> ByteString.copyFrom(whole.bytes()));
        Entry entry = new Entry(
                id,
                chat,
                "",
                true,
                linked.content().typeMessage(),
                new JournalBody(linked.content(), "", true, original)
                        .seenBy(draft.audience())
                        .bytes(),
                Optional.of(MessageStatus.PENDING.wire()),
                messages.clock().instant());
        return messages.add(instance, entry, linked.rows());
    }

    /** A message is whole: it can be sent, and the journal knows all of it; blocks. */
    private void prepared(long instance, Item item, QueuedMessage whole) {
        Row revision = messages.reviseSent(
                instance,
                item.id(),
                found -> new Revision(
                        found.flatMap(JournalBody::of)
                                .flatMap(body -> body.whole(whole.message()))
                                .map(JournalBody::bytes),
                        List.of()));
        queue.rewrite(instance, item.id(), whole.bytes(), List.of(revision));
    }

    /** Begins nothing more. */
    @Override
    public void close() {
        rounds.close();
        preparations.close();
        worker.close();
    }
}
