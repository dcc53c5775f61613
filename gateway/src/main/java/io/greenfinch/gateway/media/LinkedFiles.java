package io.greenfinch.gateway.media;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.FileTypes;
import io.greenfinch.gateway.file.FileDescription;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.store.FileServiceException;
import io.greenfinch.protocol.media.MediaDigest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What is under the links of files. Thread-safe; blocks while a file is fetched from WhatsApp. */
public record LinkedFiles(StoredFiles files) {

    /** The file under a path. */
    public FileReply at(String path, Instant deadline) {
        Optional<FileLink> link = FileLink.of(path);
        if (link.isEmpty()) {
            return nowhere();
        }
        return switch (files.find(link.get(), deadline)) {
            case Arrival.Here(FileDescription description, long size) -> found(link.get(), description, size);
            case Arrival.Nowhere _ -> nowhere();
            case Arrival.Missing(Outcome<MediaDigest> why) -> new FileReply.Failed(missing(why));
            case Arrival.Away _ -> new FileReply.Failed(FileReply.unavailable());
            case Arrival.NoRoom _ -> new FileReply.Failed(FileReply.noRoom());
        };
    }

    /** Some time before a deadline, so that what came until then can still be answered. */
    public static Instant before(Instant deadline) {
        return deadline.minusSeconds(2);
    }

    private FileReply found(FileLink link, FileDescription description, long size) {
        String type = FileTypes.shown(description.type());
        return new FileReply.Found(
                description.name(), type, !type.equals(FileTypes.BYTES), size, from -> files.open(link, from));
    }

    private static FileReply nowhere() {
        return new FileReply.Failed(Reply.error(404, "There is no such file, or its time is over"));
    }

    /** What is said of a file that WhatsApp does not have for us. */
    public static Reply missing(Outcome<MediaDigest> why) {
        return switch (why) {
            case Outcome.Unknown<MediaDigest>(Silence silence) -> Reasons.noAnswer(silence);
            case Outcome.Refused<MediaDigest> refused ->
                Reply.error(404, words(refused.reason())).withReason(Reasons.of(refused.reason(), refused.code()));
            case Outcome.Done<MediaDigest> done -> throw new IllegalArgumentException("a file that is there");
        };
    }

    private static String words(Refusal reason) {
        return switch (reason) {
            case TOO_LARGE -> "The file is too large";
            case DAMAGED -> "What WhatsApp has is not the file that the message tells of";
            default -> "WhatsApp does not have the file any more";
        };
    }

    /** What is said of a file that can't be kept. */
    public static Reply notKept(IOException why) {
        return why instanceof FileServiceException ? FileReply.unavailable() : FileReply.noRoom();
    }
}
