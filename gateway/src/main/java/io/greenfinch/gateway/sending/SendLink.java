package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.preview.PreviewWish;
import java.util.Optional;

/** Sends a link with what is behind it: {@code sendMessage} of older days (green-api.md §5.12). */
public record SendLink(Sending sending) implements ApiMethod.OfInstance {

    private static final Field<String> LINK = Field.required("urlLink", SendFields.TEXT);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendLink", 50)
                .taking(SendFields.CHAT, LINK, SendFields.QUOTED, SendFields.TYPING)
                .answering(Sending.ANSWER);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String link = call.get(LINK);
        return SendMessage.send(
                "sendLink",
                sending,
                call,
                instance,
                LINK,
                Json.object().put("linkPreview", true).put("typePreview", "small"),
                PreviewWish.of(link, Optional.empty(), false));
    }
}
