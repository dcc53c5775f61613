package io.greenfinch.client.history;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.history.ChunkReading.End;
import io.greenfinch.client.history.SessionHistory.Parts;
import io.greenfinch.client.message.MessageContext;
import io.greenfinch.client.message.PendingState;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the parts of a history one after the other. One that can't be had or stored rests for a while, longer each time, and keeps
 * no other from being read; after a day, or some tries without any progress, it is left out. For one thread at a time.
 */
final class ChunkQueue {

    private static final Logger log = LoggerFactory.getLogger(ChunkQueue.class);

    /** So long a part is tried to be had. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    /** So often it is begun to read on from one place: something there ends whatever reads it. */
    private static final int MOST_TRIES = 10;

    /** What only came between is tried again so often, however old the part is. */
    private static final int FEW_TRIES = 3;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Till what came between is over. */
    private static final Duration INTERRUPTION = Duration.ofSeconds(5);

    private static final Duration FOR_A_PLACE = Duration.ofHours(1);

    /** A part is left alone for a while. */
    private record Rest(int failures, Instant until) {}

    private final MessageContext context;
    private final HistoryPlaces places;
    private final Supplier<Parts> parts;
    private final BiFunction<HistoryChunk, PendingState, List<SessionEvent>> finish;

    /** Those that can't be read now. */
    private final Map<String, Rest> resting = new HashMap<>(0);

    /**
     * A queue of what the store has.
     *
     * @param finish what the step that lets go of a part does and tells beside that; on the session's thread
     */
    ChunkQueue(
            MessageContext context,
            HistoryPlaces places,
            Supplier<Parts> parts,
            BiFunction<HistoryChunk, PendingState, List<SessionEvent>> finish) {
        this.context = context;
        this.places = places;
        this.parts = parts;
        this.finish = finish;
    }

    /** Reads what can be had; when there may be more to read. Blocks, and throws nothing. */
    Optional<Instant> read() {
        try {
            return readAll();
        } catch (StoreException e) {
            log.warn("A history can't be read on: {}", e.getMessage());
            return Optional.of(now().plus(FIRST_PAUSE));
        } catch (RuntimeException e) {
            log.error("The history of session {} can't be read on: {}", context.instance(), name(e));
            return Optional.of(now().plus(LONGEST_PAUSE));
        }
    }

    private Optional<Instant> readAll() {
        while (true) {
            Set<String> keys = context.keys(StateKind.HISTORY);
            resting.keySet().retainAll(keys);
            Optional<String> due = keys.stream()
                    .filter(key -> !resting.containsKey(key)
                            || !now().isBefore(resting.get(key).until()))
                    .min(Comparator.comparingInt(this::failures).thenComparing(Comparator.naturalOrder()));
            if (due.isEmpty()) {
                return resting.values().stream().map(Rest::until).min(Comparator.naturalOrder());
            }
            HistoryPlaces.Place place = places.take();
            try {
                if (!parts.get().wire().pause(place.there(), now().plus(FOR_A_PLACE))) {
                    return Optional.of(now().plus(INTERRUPTION));
                }
                tryToRead(due.get());
            } finally {
                places.giveBack(place);
            }
        }
    }

    private void tryToRead(String key) {
        try {
            read(key);
        } catch (StoreException e) {
            log.warn("A part of a history can't be read on: {}", e.getMessage());
            rest(key, failures(key), FIRST_PAUSE);
        } catch (RuntimeException e) {
            log.error("A part of the history of session {} can't be read on: {}", context.instance(), name(e));
            rest(key, failures(key), FIRST_PAUSE);
        }
    }

    private void read(String key) {
        Optional<HistoryChunk> stored =
                context.state().find(HistoryChunk.key(key)).flatMap(bytes -> HistoryChunk.ofStored(key, bytes));
        Optional<HistoryPosition> position = position(key);
        if (stored.isEmpty() || position.isEmpty()) {
            context.owner().execute(() -> context.steps().run(List.of(), () -> forget(key)));
            rest(key, failures(key), INTERRUPTION);
            return;
        }
        HistoryChunk chunk = stored.get();
        ChunkReading work = new ChunkReading(
                context, parts.get().wire(), parts.get().media(), chunk, state -> finish.apply(chunk, state));
        switch (attempt(work, chunk, position.get())) {
            case READ -> context.shared().metrics().historyRead(true);
            case BROKEN -> {
                context.shared().metrics().historyRead(false);
                log.warn("A part of the history of session {} can't be had, or not all of it", context.instance());
            }
            case NOT_THERE -> rest(key, failures(key), FIRST_PAUSE);
            case INTERRUPTED ->
                rest(key, position(key).map(HistoryPosition::tries).orElse(0), INTERRUPTION);
        }
    }

    private Optional<HistoryPosition> position(String key) {
        return context.state().find(HistoryPosition.key(key)).flatMap(HistoryPosition::ofStored);
    }

    /** What has had its time is left out, unless it was read on meanwhile. */
    private End attempt(ChunkReading work, HistoryChunk chunk, HistoryPosition begin) {
        if (begin.tries() >= MOST_TRIES) {
            return work.drop(begin, End.BROKEN);
        }
        End end = attempt(work, begin);
        boolean late = context.shared().wall().instant().isAfter(chunk.since().plus(PATIENCE));
        boolean out = end == End.NOT_THERE || (end == End.INTERRUPTED && begin.tries() >= FEW_TRIES);
        if (!late || !out) {
            return end;
        }
        return work.drop(end == End.NOT_THERE ? begin : begin.tried(), End.BROKEN);
    }

    private End attempt(ChunkReading work, HistoryPosition position) {
        try {
            return work.from(position);
        } catch (IOException e) {
            log.warn("There is no room to read the history of session {}: {}", context.instance(), e.getMessage());
            return End.NOT_THERE;
        } catch (StoreException e) {
            log.warn("A part of a history can't be read on: {}", e.getMessage());
            return End.INTERRUPTED;
        } catch (RuntimeException e) {
            log.error("A part of the history of session {} can't be read on: {}", context.instance(), name(e));
            return End.INTERRUPTED;
        }
    }

    private int failures(String key) {
        return resting.containsKey(key) ? resting.get(key).failures() : 0;
    }

    /** The longer the more often it has failed before. */
    private void rest(String key, int failures, Duration first) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, 10));
        Duration longest = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        resting.put(key, new Rest(failures + 1, now().plus(longest)));
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

    private static String name(RuntimeException e) {
        return e.getClass().getName();
    }

    private Instant now() {
        return context.shared().clock().instant();
    }
}
