package io.greenfinch.gateway.sending;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.chat.FileKind;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Uploads;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.media.Arrival;
import io.greenfinch.gateway.media.LinkedFiles;
import io.greenfinch.gateway.media.UrlFile;
import io.greenfinch.gateway.sending.FileDrafts.Wanted;
import io.greenfinch.gateway.store.FileFailure;
import io.greenfinch.protocol.media.MediaDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are somewhere else. They are fetched before the call is answered, so that who calls hears when they can't be had.
 * Thread-safe.
 */
public record FetchedFiles(FileDrafts drafts, UrlFile urls) {

    private static final Logger log = LoggerFactory.getLogger(FetchedFiles.class);

    private static final long MEGABYTE = 1L << 20;

    /** Where a file is. */
    static final Field<String> URL = Field.required("urlFile", FieldType.FILLED_TEXT.notLonger(4096));

    /** What it is called. */
    static final Field<String> NAME = Field.required("fileName", FieldType.FILLED_TEXT.notLonger(1000));

    /** The file that a call names becomes a message. */
    Reply send(Call call, Instance instance, Wanted wanted) {
        Uploads places = drafts.files().places();
        Instant deadline = LinkedFiles.before(call.deadline());
        if (!places.enter(instance.id(), Duration.between(drafts.clock().instant(), deadline))) {
            return Reply.error(429, "Too Many Requests").withReason("busy").withRetryAfter(5);
        }
        try {
            Path file = places.freshFile();
            try {
                Optional<FileLink> ours = drafts.files().ours(call.get(URL));
                return ours.isPresent()
                        ? again(call, instance, ours.get(), file, wanted, deadline)
                        : fetched(call, instance, file, wanted, deadline);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.error("A file of instance {} can't be kept: {}", instance.id(), FileFailure.withoutPath(e));
            return LinkedFiles.notKept(e);
        } finally {
            places.leave(instance.id());
        }
    }

    private Reply again(Call call, Instance instance, FileLink link, Path copy, Wanted wanted, Instant deadline)
            throws IOException {
        return switch (drafts.files().find(link, deadline)) {
            case Arrival.Here _ -> here(call, instance, link, copy, wanted);
            case Arrival.Nowhere _ -> refused("file-not-found", "there is no such file, or its time is over");
            case Arrival.Missing(Outcome<MediaDigest> why) ->
                why instanceof Outcome.Unknown<MediaDigest>
                        ? LinkedFiles.missing(why)
                        : refused("file-not-found", "WhatsApp does not have it any more");
            case Arrival.Away _ -> FileReply.unavailable();
            case Arrival.NoRoom _ -> FileReply.noRoom();
        };
    }

    private Reply here(Call call, Instance instance, FileLink link, Path copy, Wanted wanted) throws IOException {
        if (wanted.kind() != FileKind.DOCUMENT) {
            try (InputStream content = drafts.files().open(link, 0)) {
                Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        drafts.files().renew(link); // it must be there when the message's turn has come
        return drafts.sendAgain(call, instance, link, copy, wanted);
    }

    private Reply fetched(Call call, Instance instance, Path file, Wanted wanted, Instant deadline) throws IOException {
        return switch (urls.fetch(call.get(URL), file, FileLinks.LARGEST, deadline)) {
            case UrlFile.Result.Fetched _ -> drafts.send(call, instance, file, wanted, false);
            case UrlFile.Result.TooLarge(long size) ->
                Reply.error(
                        500,
                        "File from url exceeded max upload size. Size: " + (size + MEGABYTE - 1) / MEGABYTE
                                + "mb Limit: 100mb Url: " + call.get(URL));
            case UrlFile.Result.Failed(String reason, String why) -> refused(reason, why);
        };
    }

    private static Reply refused(String reason, String why) {
        return Reply.error(400, "The file can not be fetched: " + why).withReason(reason);
    }
}
