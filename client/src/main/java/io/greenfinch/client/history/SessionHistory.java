package io.greenfinch.client.history;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.media.Media;
import io.greenfinch.client.message.HistoryNotices;
import io.greenfinch.client.message.MessageContext;
import io.greenfinch.client.message.PendingState;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.proto.HistorySyncNotification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phone's history (specification §22): each part that it tells of is kept before its message is acknowledged, then fetched and
 * read, one after the other. A session that has none to read has no thread for it. Belongs to the session's thread, but for what
 * says otherwise.
 */
public final class SessionHistory implements HistoryNotices {

    private static final Logger log = LoggerFactory.getLogger(SessionHistory.class);

    /** Phones tell of some dozen parts. */
    private static final int MOST_WAITING = 1000;

    private static final StateKey REACHED = new StateKey(StateKind.HISTORY_PROGRESS, "self");

    /** What comes within its message may have as many bytes as a frame. */
    private static final int MOST_INLINE = 16 << 20;

    /** What reading works with beside the context. */
    public record Parts(Wire wire, Media media) {}

    private final MessageContext context;
    private final WaitingChunks waiting;
    private final ChunkQueue queue;

    private boolean reading;
    private boolean again;

    /**
     * The history of a session that is being put together.
     *
     * @param parts asked for when there is something to read
     */
    public SessionHistory(MessageContext context, HistoryPlaces places, Supplier<Parts> parts) {
        this.context = context;
        this.waiting = new WaitingChunks(context);
        this.queue = new ChunkQueue(context, places, parts, this::finish);
    }

    @Override
    public void take(String id, HistorySyncNotification told, StanzaDecision decision) {
        if (!HistoryChunk.isWanted(told)) {
            return;
        }
        if (waiting.size() >= MOST_WAITING
                || told.getInitialHistBootstrapInlinePayload().size() > MOST_INLINE) {
            decision.effect(() -> {
                context.shared().metrics().historyRead(false);
                log.warn("A part of the history of session {} is too much, and is left out", context.instance());
            });
            return;
        }
        HistoryChunk chunk = HistoryChunk.of(id, told, context.shared().wall().instant());
        decision.change(chunk.put());
        decision.change(new Change.Put(StateKind.HISTORY_POSITION, chunk.key(), HistoryPosition.BEGIN.bytes()));
        if (HistoryChunk.counts(chunk.key()) && !waiting.any(HistoryChunk::counts)) {
            decision.event(progressed(reached(context.state()::find), true));
        }
        decision.then(this::wake);
    }

    /** What is outstanding is never all. */
    private SessionEvent progressed(int reached, boolean outstanding) {
        return new SessionEvent.HistoryProgressed(
                context.shared().wall().instant(), outstanding ? Math.min(reached, 99) : reached);
    }

    /** How much the phone has told with what is read, in percent. */
    private static int reached(Function<StateKey, Optional<byte[]>> state) {
        return state.apply(REACHED)
                .filter(stored -> stored.length == 1)
                .map(stored -> (int) stored[0])
                .orElse(0);
    }

    /** What was decided and not stored is void. */
    public void reset() {
        waiting.reset();
    }

    /** The session is online, for the first time or again. */
    public void online() {
        waiting.complete(this::wake);
    }

    private void wake() {
        if (reading) {
            again = true;
        } else if (waiting.size() > 0 && context.keyring().linked()) {
            reading = true;
            Thread.ofVirtual().name("history-" + context.instance()).start(this::readAll);
        }
    }

    private void readAll() {
        Optional<Instant> next = queue.read();
        context.owner().execute(() -> ended(next));
    }

    /** What is told with the end of a part. On the session's thread. */
    private List<SessionEvent> finish(HistoryChunk chunk, PendingState state) {
        if (!HistoryChunk.counts(chunk.key())) {
            return List.of();
        }
        int reached = Math.max(reached(state::find), chunk.progress());
        state.put(REACHED, new byte[] {(byte) reached});
        boolean outstanding = waiting.any(key -> !key.equals(chunk.key()) && HistoryChunk.counts(key));
        return List.of(progressed(reached, outstanding));
    }

    private void ended(Optional<Instant> next) {
        reading = false;
        if (again) {
            again = false;
            wake();
        } else {
            next.ifPresent(at ->
                    context.shared().timers().at(at, () -> context.owner().execute(this::wake)));
        }
    }
}
