package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.StatusAudience;
import io.greenfinch.gateway.chat.StatusLook;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Gives a status update of text to the queue of what is to be sent (green-api.md §13). */
public record SendTextStatus(Sending sending, ContactTable contacts) implements ApiMethod.OfInstance {

    private static final Field<String> MESSAGE = Field.required("message", FieldType.FILLED_TEXT.notLonger(500));
    private static final Field<Optional<String>> FONT = Field.optional("font", font());

    private static FieldType<String> font() {
        String names = String.join(", ", new TreeSet<>(StatusLook.FONTS.keySet()));
        return FieldType.TEXT
                .and(FieldType.is(
                        value -> value.stringValue().isEmpty() || StatusLook.FONTS.containsKey(value.stringValue()),
                        "must be one of [" + names + "]"))
                .shaped(Shape.words(Stream.concat(Stream.of(""), new TreeSet<>(StatusLook.FONTS.keySet()).stream())
                        .toArray(String[]::new)));
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendTextStatus", 5)
                .taking(MESSAGE, StatusFields.BACKGROUND, FONT, StatusFields.PARTICIPANTS)
                .answering(Sending.ANSWER);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        String text = call.get(MESSAGE);
        Optional<String> font = StatusFields.filled(call.get(FONT));
        StatusAudience audience = StatusFields.audience(call, instance, sending.messages(), contacts);
        ObjectNode request = StatusFields.look(call).put("message", text);
        font.ifPresent(name -> request.put("font", name));
        StatusLook look = new StatusLook(StatusFields.filled(call.get(StatusFields.BACKGROUND)), font);
        Draft draft = new Draft("sendTextStatus", Jid.STATUS, StatusFields.with(audience, request), look.text(text));
        return sending.give(instance, draft.seenBy(audience), call.record());
    }
}
