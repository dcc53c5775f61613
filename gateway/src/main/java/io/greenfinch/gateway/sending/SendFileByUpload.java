package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.UploadedFile;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.media.FileField;
import java.util.Optional;

/** Gives a file that comes with the call to the queue of what is to be sent (green-api.md §5.3). */
public record SendFileByUpload(FileDrafts drafts) implements ApiMethod.OfInstance {

    private static final Field<Optional<String>> NAME = Field.optional("fileName", SendFields.SHORT_TEXT);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendFileByUpload", 50)
                .taking(
                        SendFields.CHAT,
                        FileField.FILE,
                        NAME,
                        SendFields.CAPTION,
                        SendFields.QUOTED,
                        SendFields.TYPING_OF_FORM,
                        SendFields.TYPING_TYPE)
                .answering(Sending.ANSWER.and("urlFile", Shape.FILLED))
                .withReasons(503, FileReply.UNAVAILABLE)
                .withReasons(507, FileReply.NO_ROOM);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        UploadedFile file = call.get(FileField.FILE);
        String name = call.get(NAME).filter(given -> !given.isEmpty()).orElse(file.name());
        return drafts.send(call, instance, file.path(), drafts.toChat(call, instance, name), true);
    }
}
