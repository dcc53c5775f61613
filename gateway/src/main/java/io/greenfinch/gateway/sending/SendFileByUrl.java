package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.media.UrlFile;
import java.util.Optional;

/** Gives a file that is somewhere else to the queue of what is to be sent (green-api.md §5.4). */
public record SendFileByUrl(FetchedFiles files) implements ApiMethod.OfInstance {

    /** How the queue calls all messages that bring a file (green-api.md §8). */
    static final String TYPE = "sendFileByUrl";

    private static final Field<Optional<Boolean>> ARCHIVE = Field.optional("archiveChat", FieldType.FLAG);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(TYPE, 50)
                .taking(
                        SendFields.CHAT,
                        FetchedFiles.URL,
                        FetchedFiles.NAME,
                        SendFields.CAPTION,
                        SendFields.QUOTED,
                        ARCHIVE,
                        SendFields.TYPING,
                        SendFields.TYPING_TYPE)
                .answering(Sending.ANSWER)
                .withReasons(400, UrlFile.REASONS)
                .withReasons(503, FileReply.UNAVAILABLE)
                .withReasons(507, FileReply.NO_ROOM);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return files.send(call, instance, files.drafts().toChat(call, instance, call.get(FetchedFiles.NAME)));
    }
}
