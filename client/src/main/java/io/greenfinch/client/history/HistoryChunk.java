package io.greenfinch.client.history;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.media.MediaReference;
import io.greenfinch.client.proto.StoredHistory;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.message.FileContent;
import io.greenfinch.protocol.proto.HistorySyncNotification;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of the phone's history that was told of and is not read to its end (specification §22). Immutable; {@link #toString} shows
 * nothing of it.
 *
 * @param key under which it is kept; in the order in which they were told of
 * @param told what told of it, which has the part itself or says where it is
 * @param since when that came
 */
record HistoryChunk(String key, HistorySyncNotification told, Instant since) {

    private static final int INITIAL_BOOTSTRAP = 0;
    private static final int STATUSES = 1;
    private static final int FULL = 2;
    private static final int RECENT = 3;

    private static final int ALL = 100;

    /** Stands in the keys of those whose progress counts. */
    private static final String COUNTED = "-c-";

    private static final int DIGITS = 13;

    static HistoryChunk of(String message, HistorySyncNotification told, Instant now) {
        return new HistoryChunk(
                "%013d%s%s".formatted(now.toEpochMilli(), counts(told) ? COUNTED : "-x-", message), told, now);
    }

    /** What was stored; empty when that is none. */
    static Optional<HistoryChunk> ofStored(String key, byte[] stored) {
        try {
            StoredHistory history = StoredHistory.parseFrom(stored);
            return Optional.of(new HistoryChunk(
                    key,
                    HistorySyncNotification.parseFrom(history.getNotification()),
                    Instant.ofEpochSecond(history.getSince())));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    static StateKey key(String key) {
        return new StateKey(StateKind.HISTORY, key);
    }

    Change.Put put() {
        return new Change.Put(
                StateKind.HISTORY,
                key,
                StoredHistory.newBuilder()
                        .setNotification(told.toByteString())
                        .setSince(since.getEpochSecond())
                        .build()
                        .toByteArray());
    }

    /** Phones count messages; names and the like come beside them. */
    private static boolean counts(HistorySyncNotification told) {
        boolean messages =
                told.getSyncType() == INITIAL_BOOTSTRAP || told.getSyncType() == RECENT || told.getSyncType() == FULL;
        return messages && told.hasProgress();
    }

    /** Whether the progress of what is under this key counts. */
    static boolean counts(String key) {
        return key.startsWith(COUNTED, DIGITS);
    }

    /** Whether there is something in it that we take: statuses have had their time when somebody asks for them. */
    static boolean isWanted(HistorySyncNotification told) {
        return told.getSyncType() != STATUSES && (told.hasInitialHistBootstrapInlinePayload() || told.hasDirectPath());
    }

    /** What the phone says of all that it has told with this, in percent. */
    int progress() {
        return Math.clamp(Integer.toUnsignedLong(told.getProgress()), 0, ALL);
    }

    /** The part itself, compressed, where it came at once. */
    Optional<ByteString> payload() {
        return told.hasInitialHistBootstrapInlinePayload()
                ? Optional.of(told.getInitialHistBootstrapInlinePayload())
                : Optional.empty();
    }

    /** Where it is else. */
    MediaReference reference() {
        return new MediaReference(
                new FileContent(
                        MediaKind.HISTORY,
                        "",
                        told.getDirectPath(),
                        told.getMediaKey().toByteArray(),
                        told.getFileSha256().toByteArray(),
                        told.getFileEncSha256().toByteArray(),
                        told.getFileLength()),
                Optional.empty());
    }

    @Override
    public String toString() {
        return "HistoryChunk[type " + told.getSyncType() + "]";
    }
}
