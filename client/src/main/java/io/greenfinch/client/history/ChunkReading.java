package io.greenfinch.client.history;

import com.google.protobuf.ByteString;
import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.media.Media;
import io.greenfinch.client.media.MediaReference;
import io.greenfinch.client.message.Aliases;
import io.greenfinch.client.message.MessageContext;
import io.greenfinch.client.message.PendingState;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.history.HistoryPart;
import io.greenfinch.protocol.history.HistoryReader;
import io.greenfinch.protocol.history.MalformedHistoryException;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.proto.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads one part of the history to its end: first who has which two names, for that is told last, then all the rest, a little at a
 * time. On a thread of its own, which blocks; the session's own thread has no more to do than one batch.
 *
 * @param finish what the step that lets go of the part does and tells beside that; on the session's thread
 */
record ChunkReading(
        MessageContext context,
        Wire wire,
        Media media,
        HistoryChunk chunk,
        Function<PendingState, List<SessionEvent>> finish) {

    /** Larger ones are not fetched. */
    private static final long MOST_BYTES = 256L << 20;

    private static final Duration TO_FETCH = Duration.ofMinutes(10);

    /** So much is stored at a time: that many things, or bytes of messages. */
    private static final int BATCH = 200;

    private static final int BATCH_BYTES = 256 * 1024;

    /** What became of it. */
    enum End {
        READ,
        /** Nothing more of it can be read, ever. */
        BROKEN,
        /** It can't be had now. */
        NOT_THERE,
        /** Something came between: how far it is has to be looked up. */
        INTERRUPTED
    }

    /** Opens the part, compressed, from its begin. */
    private interface Source {
        InputStream open() throws IOException;
    }

    /**
     * Goes on from a position.
     *
     * @throws IOException when the local disk does not do its part
     * @throws io.greenfinch.client.store.StoreException when the store can't be read
     */
    End from(HistoryPosition position) throws IOException {
        Optional<ByteString> payload = chunk.payload();
        if (payload.isPresent()) {
            return read(payload.get()::newInput, position);
        }
        try (HistoryScratch scratch = new HistoryScratch(context.shared().random())) {
            Outcome<MediaDigest> outcome = media.download(
                    chunk.reference(),
                    scratch,
                    MOST_BYTES,
                    wire.clock().instant().plus(TO_FETCH));
            return switch (outcome) {
                case Outcome.Done<MediaDigest> _ -> read(scratch::read, position);
                case Outcome.Refused<MediaDigest> refused ->
                    refused.reason() == Refusal.GONE || (refused.reason() == Refusal.DAMAGED && isPossible())
                            ? End.NOT_THERE
                            : drop(position, End.BROKEN);
                case Outcome.Unknown<MediaDigest> _ -> End.NOT_THERE;
            };
        }
    }

    /** Whether it could be had where it is said to be; a host that gives something else today may give it later. */
    private boolean isPossible() {
        MediaReference reference = chunk.reference();
        return reference.path().isPresent() && reference.file().mediaKey().length == MediaKeys.MEDIA_KEY_LENGTH;
    }

    /** Lets go of it, wherever it is. */
    End drop(HistoryPosition position, End end) {
        return finish(position, List.of()) ? end : End.INTERRUPTED;
    }

    /** That it is tried is stored first: what ends the process ends it again. */
    private End read(Source source, HistoryPosition begin) throws IOException {
        HistoryPosition position = begin.tried();
        HistoryPosition tried = position;
        if (!steps().advance(chunk.key(), begin, List.of(), state -> {
            state.put(HistoryPosition.key(chunk.key()), tried.bytes());
            return List.of();
        })) {
            return End.INTERRUPTED;
        }
        if (!position.named()) {
            HistoryPosition next = HistoryPosition.after(position.told());
            if (!learn(source, position, next)) {
                return End.INTERRUPTED;
            }
            position = next;
        }
        return tell(source, position);
    }

    /** Two names of one account. */
    private record Names(Jid one, Jid other) {

        /** What the service has told goes before what the phone remembers. */
        boolean news(PendingState state) {
            return Aliases.other(one, state::find).isEmpty()
                    && Aliases.other(other, state::find).isEmpty();
        }
    }

    private boolean learn(Source source, HistoryPosition here, HistoryPosition next) throws IOException {
        List<Names> batch = new ArrayList<>(BATCH);
        try (HistoryReader reader = HistoryReader.withoutMessages(new YieldingStream(source.open()))) {
            for (Optional<HistoryPart> part = reader.next(); part.isPresent(); part = reader.next()) {
                names(part.get()).forEach(batch::add);
                if (batch.size() >= BATCH) {
                    if (!learn(batch, here, here)) {
                        return false;
                    }
                    batch.clear();
                }
            }
        } catch (MalformedHistoryException e) {
            // Who reads on finds the same place, behind what can be told.
            return learn(batch, here, next);
        }
        return learn(batch, here, next);
    }

    private static Stream<Names> names(HistoryPart part) {
        return switch (part) {
            case HistoryPart.Alias(String pn, String lid) -> names(pn, lid);
            case HistoryPart.Chat(Conversation head) ->
                Stream.concat(names(head.getId(), head.getPnJid()), names(head.getId(), head.getLidJid()));
            case HistoryPart.Told _, HistoryPart.Name _, HistoryPart.Unreadable _ -> Stream.empty();
        };
    }

    private static Stream<Names> names(String one, String other) {
        return PastReading.jid(one)
                .flatMap(first -> PastReading.jid(other).map(second -> new Names(first, second)))
                .stream();
    }

    private boolean learn(List<Names> batch, HistoryPosition here, HistoryPosition next) {
        List<Names> learnt = List.copyOf(batch);
        Set<StateKey> keys = learnt.stream()
                .flatMap(names -> Stream.of(names.one(), names.other()))
                .map(Aliases::key)
                .collect(Collectors.toSet());
        var _ = context.state().read(keys); // so that the session's thread need not wait for it
        return steps().advance(chunk.key(), here, keys, state -> {
            learnt.stream()
                    .filter(names -> names.news(state))
                    .forEach(names -> Aliases.learn(state, names.one(), names.other()));
            state.put(HistoryPosition.key(chunk.key()), next.bytes());
            return List.of();
        });
    }

    private End tell(Source source, HistoryPosition begin) throws IOException {
        HistoryPosition position = begin;
        List<HistoryPart> batch = new ArrayList<>(BATCH);
        End end = End.READ;
        try (HistoryReader reader = new HistoryReader(new YieldingStream(source.open()))) {
            long bytes = 0;
            long passed = 0;
            for (Optional<HistoryPart> part = reader.next(); part.isPresent(); part = reader.next()) {
                passed++;
                if (passed <= position.told()) {
                    continue;
                }
                batch.add(part.get());
                bytes += part.get() instanceof HistoryPart.Told told ? told.bytes() : 0;
                if (batch.size() >= BATCH || bytes >= BATCH_BYTES) {
                    HistoryPosition next = HistoryPosition.after(passed);
                    if (!tell(batch, position, next)) {
                        return End.INTERRUPTED;
                    }
                    position = next;
                    batch.clear();
                    bytes = 0;
                }
            }
        } catch (MalformedHistoryException e) {
            end = End.BROKEN;
        }
        return finish(position, batch) ? end : End.INTERRUPTED;
    }

    private boolean tell(List<HistoryPart> batch, HistoryPosition here, HistoryPosition next) {
        Optional<List<SessionEvent>> read = events(batch);
        return read.isPresent()
                && steps().advance(chunk.key(), here, List.of(), state -> {
                    state.put(HistoryPosition.key(chunk.key()), next.bytes());
                    return read.get();
                });
    }

    /** The last of it, after which nothing of the part is kept. */
    private boolean finish(HistoryPosition here, List<HistoryPart> batch) {
        Optional<List<SessionEvent>> read = events(batch);
        return read.isPresent()
                && steps().advance(chunk.key(), here, List.of(), state -> {
                    state.remove(HistoryChunk.key(chunk.key()));
                    state.remove(HistoryPosition.key(chunk.key()));
                    return Stream.concat(read.get().stream(), finish.apply(state).stream())
                            .toList();
                });
    }

    /** What is told of it; empty when we are linked no more. */
    private Optional<List<SessionEvent>> events(List<HistoryPart> batch) {
        Optional<Account> account = context.account().get();
        if (account.isEmpty()) {
            return Optional.empty();
        }
        if (batch.isEmpty()) {
            return Optional.of(List.of());
        }
        PastReading reading = PastReading.of(batch, account.get(), context);
        List<PastMessage> messages =
                batch.stream().flatMap(part -> reading.message(part).stream()).toList();
        List<PastName> names =
                batch.stream().flatMap(part -> reading.name(part).stream()).toList();
        return Optional.of(
                messages.isEmpty() && names.isEmpty()
                        ? List.of()
                        : List.of(new SessionEvent.HistoryRead(reading.now(), messages, names)));
    }

    private HistorySteps steps() {
        return new HistorySteps(context, wire);
    }
}
