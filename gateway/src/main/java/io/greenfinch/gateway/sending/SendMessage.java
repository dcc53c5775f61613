package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.chat.MessageWriting.Known;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.preview.PreviewWish;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a text to the queue of what is to be sent (green-api.md §5.1). The answer comes at once, with the id that the message will
 * have on WhatsApp; what becomes of it is told by notifications and journals.
 */
public record SendMessage(Sending sending) implements ApiMethod.OfInstance {

    private static final Field<String> MESSAGE = Field.required("message", SendFields.TEXT);
    private static final Field<Optional<Boolean>> LINK_PREVIEW = Field.optional("linkPreview", FieldType.FLAG);
    private static final Field<Optional<String>> TYPE_PREVIEW = Field.optional("typePreview", SendFields.PREVIEW_SIZE);
    private static final Field<Optional<JsonNode>> CUSTOM_PREVIEW = Field.optional("customPreview", SendFields.PREVIEW);
    private static final Field<Optional<Boolean>> ARCHIVE = Field.optional("archiveChat", FieldType.FLAG);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendMessage", 50)
                .taking(
                        SendFields.CHAT,
                        MESSAGE,
                        SendFields.QUOTED,
                        LINK_PREVIEW,
                        TYPE_PREVIEW,
                        CUSTOM_PREVIEW,
                        SendFields.TYPING,
                        ARCHIVE)
                .answering(Sending.ANSWER);
    }

    private static Optional<PreviewWish> preview(Call call, String text, boolean wanted) {
        boolean large = call.get(TYPE_PREVIEW).filter("large"::equals).isPresent();
        return wanted ? PreviewWish.of(text, call.get(CUSTOM_PREVIEW), large) : Optional.empty();
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String text = call.get(MESSAGE);
        boolean previewed = call.get(LINK_PREVIEW)
                .orElseGet(() -> call.get(CUSTOM_PREVIEW).isPresent() || sending.previewsLinks(instance));
        ObjectNode more = Json.object()
                .put("linkPreview", previewed)
                .put("typePreview", call.get(TYPE_PREVIEW).orElse("small"));
        call.get(CUSTOM_PREVIEW).ifPresent(preview -> more.set("customPreview", preview));
        return send("sendMessage", sending, call, instance, MESSAGE, more, preview(call, text, previewed));
    }

    /** Puts the text of a field into the queue; {@code more} is what else the queue shows of the request. */
    static Reply send(
            String method,
            Sending sending,
            Call call,
            Instance instance,
            Field<String> field,
            ObjectNode more,
            Optional<PreviewWish> preview) {
        Jid chat = call.get(SendFields.CHAT);
        String text = call.get(field);
        ObjectNode request = SendFields.to(call).put(field.name(), text);
        request.setAll(more);
        Optional<Known> answered = sending.answered(instance, call);
        return sending.give(
                instance,
                Draft.text(
                        method,
                        chat,
                        SendFields.with(call, request),
                        text,
                        answered,
                        MessageWriting.text(text, answered),
                        preview),
                call.record());
    }
}
