package io.greenfinch.client.media;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Files on WhatsApp's media hosts (specification §20). Thread-safe. Methods block the calling (virtual) thread until there is an
 * outcome or the deadline has passed, by the client's clock; they throw for what the local disk does, and for nothing else. In
 * memory there is never more of a file than a few chunks.
 */
public interface Media {

    /** A file to be stored. */
    @FunctionalInterface
    interface Content {

        /** All of it; who opens it closes it. */
        InputStream open() throws IOException;
    }

    /** Where a file goes. */
    @FunctionalInterface
    interface Sink {

        /** For all of it, from its first byte; who opens it closes it. What was written before is void. */
        OutputStream open() throws IOException;
    }

    /**
     * Encrypts a file and stores it. A connection that is cut is begun anew, at another host where there is one. Where nothing is
     * certain, storing it again does no harm: nobody knows of the first.
     *
     * @param scratch where the encrypted file may lie meanwhile; written over, and removed afterwards
     * @throws IOException when a file can't be read or written
     */
    Outcome<StoredMedia> upload(Content file, MediaKind kind, Path scratch, Instant deadline) throws IOException;

    /**
     * Fetches a file and decrypts it. A connection that is cut is resumed where it was cut. What the hosts have no more the
     * account's phone is asked to store again, where the message is known that brought it.
     *
     * @param into written over; removed again unless the outcome is {@link Outcome.Done}
     * @param most bytes that the file may have
     * @return what it is; refused as {@code GONE}, {@code DAMAGED} or {@code TOO_LARGE} when it can't be had
     * @throws IOException when the local file can't be written
     */
    Outcome<MediaDigest> download(MediaReference reference, Path into, long most, Instant deadline) throws IOException;

    /** The same; what was written is worth nothing unless the outcome is {@link Outcome.Done}. */
    Outcome<MediaDigest> download(MediaReference reference, Sink into, long most, Instant deadline) throws IOException;
}
