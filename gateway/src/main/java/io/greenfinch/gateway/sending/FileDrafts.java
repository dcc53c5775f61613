package io.greenfinch.gateway.sending;

import com.google.protobuf.ByteString;
import io.greenfinch.gateway.chat.FileKind;
import io.greenfinch.gateway.chat.FileTypes;
import io.greenfinch.gateway.chat.FileWriting;
import io.greenfinch.gateway.chat.FileWriting.Described;
import io.greenfinch.gateway.chat.FileWriting.FileLooks;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.UploadedFile;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.media.LinkedFiles;
import io.greenfinch.gateway.media.Recording;
import io.greenfinch.gateway.media.StoredFiles;
import io.greenfinch.gateway.picture.PictureStudio;
import io.greenfinch.gateway.store.FileFailure;
import io.greenfinch.gateway.store.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gives messages that bring a file to the queue of what is to be sent. Thread-safe. */
public record FileDrafts(Sending sending, StoredFiles files, PictureStudio studio, Clock clock) {

    private static final Logger log = LoggerFactory.getLogger(FileDrafts.class);

    /** No answer waits longer than this for what a picture looks like. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a file is called that nobody has given a name. */
    private static final String NAMELESS = "file";

    /** A name without folders, which some clients send with it, and without what names don't have. */
    static String name(String given) {
        String name =
                UploadedFile.lastSegment(given).replaceAll("\\p{Cntrl}", "").strip();
        return name.isEmpty() || name.equals(".") || name.equals("..") ? NAMELESS : name;
    }

    /**
     * A message that a file is to become.
     *
     * @param name of the file
     * @param caption what is written beside it; may be empty
     * @param maker makes a draft of it
     */
    record Wanted(String name, FileKind kind, String caption, Maker maker) {
        @Override
        public String toString() {
            return "Wanted[" + kind + "]";
        }
    }

    /** Makes a draft of a file. */
    @FunctionalInterface
    interface Maker {
        Draft draft(Described file, Placed placed);
    }

    /**
     * Where a file is.
     *
     * @param path of its link
     * @param address of its link, as callers have it
     * @param rows make the link lead there
     */
    record Placed(FileLink link, String path, String address, List<Row> rows) {}

    /** A message to the chat that a call names. */
    Wanted toChat(Call call, Instance instance, String given) {
        String name = name(given);
        return new Wanted(name, FileKind.of(name), call.get(SendFields.CAPTION).orElse(""), (file, placed) -> {
            ObjectNode request =
                    SendFields.to(call).put("urlFile", placed.address).put("fileName", file.name());
            call.get(SendFields.CAPTION).ifPresent(caption -> request.put("caption", caption));
            request.put("archive", false)
                    .put(
                            "typingType",
                            call.get(SendFields.TYPING_TYPE)
                                    .filter(SendFields.RECORDING::equals)
                                    .orElse("composing"));
            return Draft.file(
                    SendFileByUrl.TYPE,
                    call.get(SendFields.CHAT),
                    SendFields.with(call, request),
                    FileWriting.file(file, sending.answered(instance, call)),
                    placed,
                    file.name());
        });
    }

    /**
     * A file that a caller has brought becomes a message.
     *
     * @param file is moved away
     * @param named tells the file's address in the answer as well
     */
    Reply send(Call call, Instance instance, Path file, Wanted wanted, boolean named) {
        Described described = described(call, file, wanted);
        Optional<StoredFiles.Kept> kept;
        try {
            kept = files.keep(instance.id(), file, wanted.name, described.type());
        } catch (IOException e) {
            log.error("A file of instance {} can't be kept: {}", instance.id(), FileFailure.withoutPath(e));
            return LinkedFiles.notKept(e);
        }
        if (kept.isEmpty()) {
            return FileReply.noRoom();
        }
        StoredFiles.Kept link = kept.get();
        Placed placed = placed(link.link(), link.path(), List.of(link.row()));
        Reply reply = give(call, instance, wanted.maker.draft(described, placed), placed, named);
        if (reply.status() != 200) {
            files.drop(link);
        }
        return reply;
    }

    /** A file that is under a link of ours becomes a message. */
    Reply sendAgain(Call call, Instance instance, FileLink link, Path copy, Wanted wanted) {
        Placed placed = placed(link, link.path(wanted.name), List.of());
        return give(call, instance, wanted.maker.draft(described(call, copy, wanted), placed), placed, false);
    }

    private Placed placed(FileLink link, String path, List<Row> rows) {
        return new Placed(link, path, files.address(path), rows);
    }

    private Reply give(Call call, Instance instance, Draft draft, Placed placed, boolean named) {
        return sending.give(instance, List.of(draft), call.record(), ids -> {
            ObjectNode answer = Json.object().put("idMessage", ids.getFirst());
            return Reply.ok(named ? answer.put("urlFile", placed.address) : answer);
        });
    }

    private Described described(Call call, Path file, Wanted wanted) {
        return new Described(
                wanted.kind,
                wanted.name,
                FileTypes.ofName(wanted.name),
                wanted.caption,
                looks(wanted.kind, file, call.deadline()));
    }

    private Duration patience(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
    }

    private FileLooks looks(FileKind kind, Path file, Instant deadline) {
        return switch (kind) {
            case IMAGE, STICKER ->
                studio.thumbnail(file, patience(deadline))
                        .map(seen -> new FileLooks(ByteString.copyFrom(seen.jpeg()), seen.width(), seen.height(), 0))
                        .orElse(FileLooks.NONE);
            case VIDEO, AUDIO, VOICE -> {
                Recording recording = Recording.of(file);
                yield new FileLooks(ByteString.EMPTY, recording.width(), recording.height(), recording.seconds());
            }
            case DOCUMENT -> FileLooks.NONE;
        };
    }
}
