package io.greenfinch.client.history;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.history.ChunkReading.End;
import io.greenfinch.client.media.Media;
import io.greenfinch.client.message.HistoryNotices;
import io.greenfinch.client.message.MessageContext;
import io.greenfinch.client.message.PendingState;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.proto.HistorySyncNotification;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    /** What comes within its message may have so many bytes. */
    private static final int MOST_INLINE = 2 << 20;

    /** So long a part is tried to be had. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Till what came between is over. */
    private static final Duration INTERRUPTION = Duration.ofSeconds(5);

    private static final Duration FOR_A_PLACE = Duration.ofHours(1);

    /** What reading works with beside the context. */
    public record Parts(Wire wire, Media media) {}

    /** A part is left alone for a while. */
    private record Rest(int failures, Instant until) {}

    private final MessageContext context;
    private final HistoryPlaces places;
    private final Supplier<Parts> parts;

    /** The keys of parts that are not read to their end. */
    private final Set<String> waiting = new HashSet<>(0);

    /** Those that can't be had now. Of the reading thread, of which there is one at a time. */
    private final Map<String, Rest> resting = new HashMap<>(0);

    private boolean resumed;
    private boolean reading;
    private boolean again;

    /**
     * The history of a session that is being put together.
     *
     * @param parts asked for when there is something to read
     */
    public SessionHistory(MessageContext context, HistoryPlaces places, Supplier<Parts> parts) {
        this.context = context;
        this.places = places;
        this.parts = parts;
        context.state().observe(this::changed);
    }

    private void changed(Change change) {
        if (change.kind() == StateKind.HISTORY) {
            switch (change) {
                case Change.Put put -> waiting.add(put.key());
                case Change.Remove remove -> waiting.remove(remove.key());
                case Change.Clear _ -> waiting.clear();
            }
        }
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
        if (HistoryChunk.counts(chunk.key()) && waiting.stream().noneMatch(HistoryChunk::counts)) {
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
        waiting.clear();
        resumed = false;
    }

    /** The session is online, for the first time or again. */
    public void online() {
        if (resumed) {
            wake();
        } else {
            resumed = true;
            Thread.ofVirtual().name("history-" + context.instance()).start(this::resume);
        }
    }

    /** What was left by an earlier run. Blocks; from any thread. */
    private void resume() {
        try {
            Set<String> left = context.keys(StateKind.HISTORY);
            context.owner().execute(() -> {
                waiting.addAll(left);
                wake();
            });
        } catch (StoreException e) {
            log.warn("Parts of a history can't be looked for: {}", e.getMessage());
            context.owner().execute(() -> resumed = false);
        }
    }

    private void wake() {
        if (reading) {
            again = true;
        } else if (!waiting.isEmpty() && context.keyring().linked()) {
            reading = true;
            Thread.ofVirtual().name("history-" + context.instance()).start(this::readAll);
        }
    }

    private void readAll() {
        Optional<Instant> next = Optional.empty();
        try {
            next = read();
        } catch (StoreException e) {
            log.warn("A history can't be read on: {}", e.getMessage());
            next = Optional.of(now().plus(FIRST_PAUSE));
        } catch (RuntimeException e) {
            log.error(
                    "The history of session {} can't be read on: {}",
                    context.instance(),
                    e.getClass().getName());
            next = Optional.of(now().plus(LONGEST_PAUSE));
        } finally {
            Optional<Instant> then = next;
            context.owner().execute(() -> ended(then));
        }
    }

    /** Reads what can be had; when there may be more to read. Blocks. */
    private Optional<Instant> read() {
        while (true) {
            Set<String> keys = new TreeSet<>(context.keys(StateKind.HISTORY));
            resting.keySet().retainAll(keys);
            Optional<String> due = keys.stream()
                    .filter(key -> !resting.containsKey(key)
                            || !now().isBefore(resting.get(key).until()))
                    .findFirst();
            if (due.isEmpty()) {
                return resting.values().stream().map(Rest::until).min(Comparator.naturalOrder());
            }
            HistoryPlaces.Place place = places.take();
            try {
                if (!parts.get().wire().pause(place.there(), now().plus(FOR_A_PLACE))) {
                    return Optional.of(now().plus(INTERRUPTION));
                }
                read(due.get());
            } finally {
                places.giveBack(place);
            }
        }
    }

    private void read(String key) {
        Optional<HistoryChunk> stored =
                context.state().find(HistoryChunk.key(key)).flatMap(bytes -> HistoryChunk.ofStored(key, bytes));
        Optional<HistoryPosition> position =
                context.state().find(HistoryPosition.key(key)).flatMap(HistoryPosition::ofStored);
        if (stored.isEmpty() || position.isEmpty()) {
            context.owner().execute(() -> context.steps().run(List.of(), () -> forget(key)));
            rest(key, 0, INTERRUPTION);
            return;
        }
        HistoryChunk chunk = stored.get();
        ChunkReading work = new ChunkReading(
                context, parts.get().wire(), parts.get().media(), chunk, state -> finish(chunk, state));
        End end = attempt(work, position.get());
        boolean late = context.shared().wall().instant().isAfter(chunk.since().plus(PATIENCE));
        if (end == End.NOT_THERE && late) {
            end = work.drop(position.get(), End.BROKEN);
        }
        switch (end) {
            case READ -> context.shared().metrics().historyRead(true);
            case BROKEN -> {
                context.shared().metrics().historyRead(false);
                log.warn("A part of the history of session {} can't be had, or not all of it", context.instance());
            }
            case NOT_THERE -> {
                int failures = resting.containsKey(key) ? resting.get(key).failures() : 0;
                Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 7));
                rest(key, failures + 1, pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            }
            case INTERRUPTED -> rest(key, 0, INTERRUPTION);
        }
    }

    private void rest(String key, int failures, Duration pause) {
        resting.put(key, new Rest(failures, now().plus(pause)));
    }

    private End attempt(ChunkReading work, HistoryPosition position) {
        try {
            return work.from(position);
        } catch (IOException e) {
            log.warn("There is no room to read the history of session {}: {}", context.instance(), e.getMessage());
            return End.NOT_THERE;
        }
    }

    /** What can't be read as one of ours. */
    private void forget(String key) {
        context.intake()
                .add(
                        List.of(
                                new Change.Remove(StateKind.HISTORY, key),
                                new Change.Remove(StateKind.HISTORY_POSITION, key)),
                        List.of());
    }

    /** What is told with the end of a part. On the session's thread. */
    private List<SessionEvent> finish(HistoryChunk chunk, PendingState state) {
        if (!HistoryChunk.counts(chunk.key())) {
            return List.of();
        }
        int reached = Math.max(reached(state::find), chunk.progress());
        state.put(REACHED, new byte[] {(byte) reached});
        boolean outstanding = waiting.stream().anyMatch(key -> !key.equals(chunk.key()) && HistoryChunk.counts(key));
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

    private Instant now() {
        return context.shared().clock().instant();
    }
}
