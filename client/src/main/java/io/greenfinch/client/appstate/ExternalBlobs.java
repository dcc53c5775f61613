package io.greenfinch.client.appstate;

import io.greenfinch.client.media.Media;
import io.greenfinch.client.media.MediaReference;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.message.FileContent;
import io.greenfinch.protocol.proto.ExternalBlobReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** Fetches what is too large for a stanza from the media hosts (specification §23.2). */
record ExternalBlobs(Media media) {

    /** A blob is read as a whole. */
    private static final int LARGEST = 32 << 20;

    /** What is in a blob; empty when it can't be had. Blocks. */
    Optional<byte[]> fetch(ExternalBlobReference blob, Instant deadline) {
        FileContent file = new FileContent(
                MediaKind.APP_STATE,
                "",
                blob.getDirectPath(),
                blob.getMediaKey().toByteArray(),
                blob.getFileSha256().toByteArray(),
                blob.getFileEncSha256().toByteArray(),
                blob.getFileSizeBytes());
        ByteArrayOutputStream into = new ByteArrayOutputStream();
        Media.Sink sink = () -> {
            into.reset();
            return into;
        };
        try {
            return media.download(new MediaReference(file, Optional.empty()), sink, LARGEST, deadline)
                    .map(_ -> into.toByteArray())
                    .done();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }
}
