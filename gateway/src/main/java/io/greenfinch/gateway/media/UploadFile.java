package io.greenfinch.gateway.media;

import io.greenfinch.gateway.chat.FileTypes;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.UploadedFile;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.FileFailure;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a file, to be sent by its link any number of times (green-api.md §5.5). */
public record UploadFile(StoredFiles files) implements ApiMethod.OfInstance {

    private static final Logger log = LoggerFactory.getLogger(UploadFile.class);

    private static final int RATE = 10;

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("uploadFile", RATE)
                .taking(FileField.FILE)
                .with(Trait.RAW)
                .answering(Shape.object("urlFile", Shape.FILLED))
                .withReasons(503, FileReply.UNAVAILABLE)
                .withReasons(507, FileReply.NO_ROOM);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        UploadedFile file = call.get(FileField.FILE);
        String name = file.name().isEmpty() ? "file" + FileTypes.extension(file.type()) : file.name();
        String type = file.type().isEmpty() ? FileTypes.ofName(name) : file.type();
        try {
            Optional<StoredFiles.Kept> kept = files.keep(instance.id(), file.path(), name, type);
            if (kept.isEmpty()) {
                return FileReply.noRoom();
            }
            Reply reply = Reply.ok(
                    Json.object().put("urlFile", files.address(kept.get().path())));
            files.store(kept.get(), call.record().answering(reply));
            return reply;
        } catch (IOException e) {
            log.error("A file of instance {} can't be kept: {}", instance.id(), FileFailure.withoutPath(e));
            return LinkedFiles.notKept(e);
        }
    }
}
