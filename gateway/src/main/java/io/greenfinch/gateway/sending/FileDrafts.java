package io.greenfinch.gateway.sending;

import com.google.protobuf.ByteString;
import io.greenfinch.gateway.chat.FileKind;
import io.greenfinch.gateway.chat.FileTypes;
import io.greenfinch.gateway.chat.FileWriting;
import io.greenfinch.gateway.chat.FileWriting.Described;
import io.greenfinch.gateway.chat.FileWriting.FileLooks;
import io.greenfinch.gateway.chat.MessageWriting.Known;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.http.Call;
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
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.Message;
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
     * A file that a caller has brought goes to a chat.
     *
     * @param file is moved away
     * @param named tells the file's address in the answer as well
     */
    Reply send(Call call, Instance instance, Path file, String name, boolean named) {
        Described described = described(call, file, name);
        Optional<StoredFiles.Kept> kept;
        try {
            kept = files.keep(instance.id(), file, name, described.type());
        } catch (IOException e) {
            log.error("A file of instance {} can't be kept: {}", instance.id(), FileFailure.withoutPath(e));
            return LinkedFiles.noRoom();
        }
        if (kept.isEmpty()) {
            return LinkedFiles.noRoom();
        }
        StoredFiles.Kept link = kept.get();
        Reply reply = give(call, instance, described, link.link(), link.path(), List.of(link.row()), named);
        if (reply.status() != 200) {
            files.drop(link);
        }
        return reply;
    }

    /** A file that is under a link of ours goes to a chat. */
    Reply sendAgain(Call call, Instance instance, FileLink link, Path copy, String name) {
        return give(call, instance, described(call, copy, name), link, link.path(name), List.of(), false);
    }

    private Reply give(
            Call call,
            Instance instance,
            Described described,
            FileLink link,
            String path,
            List<Row> rows,
            boolean named) {
        Optional<Known> answered = sending.answered(instance, call);
        Message message = FileWriting.file(described, answered);
        Jid chat = call.get(SendFields.CHAT);
        String address = files.address(path);
        ObjectNode request = SendFields.to(call).put("urlFile", address).put("fileName", described.name());
        call.get(SendFields.CAPTION).ifPresent(caption -> request.put("caption", caption));
        request.put("archive", false)
                .put(
                        "typingType",
                        call.get(SendFields.TYPING_TYPE)
                                .filter(SendFields.RECORDING::equals)
                                .orElse("composing"));
        Draft draft = Draft.file(
                SendFileByUrl.TYPE, chat, SendFields.with(call, request), message, link, path, described.name(), rows);
        return sending.give(instance, List.of(draft), call.record(), ids -> {
            ObjectNode answer = Json.object().put("idMessage", ids.getFirst());
            return Reply.ok(named ? answer.put("urlFile", address) : answer);
        });
    }

    private Described described(Call call, Path file, String name) {
        FileKind kind = FileKind.of(name);
        return new Described(
                kind,
                name,
                FileTypes.ofName(name),
                call.get(SendFields.CAPTION).orElse(""),
                looks(kind, file, call.deadline()));
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
