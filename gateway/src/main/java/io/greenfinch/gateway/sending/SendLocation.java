package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Gives a place to the queue of what is to be sent (green-api.md §5.6). */
public record SendLocation(Sending sending) implements ApiMethod.OfInstance {

    private static final Field<Double> LATITUDE = Field.required("latitude", FieldType.decimal(-90, 90));
    private static final Field<Double> LONGITUDE = Field.required("longitude", FieldType.decimal(-180, 180));
    private static final Field<Optional<String>> NAME = Field.optional("nameLocation", SendFields.SHORT_TEXT);
    private static final Field<Optional<String>> ADDRESS = Field.optional("address", SendFields.SHORT_TEXT);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendLocation", 50)
                .taking(SendFields.CHAT, LATITUDE, LONGITUDE, NAME, ADDRESS, SendFields.QUOTED, SendFields.TYPING)
                .answering(Sending.ANSWER);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        ObjectNode request =
                SendFields.to(call).put("latitude", call.get(LATITUDE)).put("longitude", call.get(LONGITUDE));
        call.get(NAME).ifPresent(name -> request.put("nameLocation", name));
        call.get(ADDRESS).ifPresent(address -> request.put("address", address));
        return sending.give(
                instance,
                new Draft(
                        "sendLocation",
                        call.get(SendFields.CHAT),
                        SendFields.with(call, request),
                        MessageWriting.location(
                                call.get(LATITUDE),
                                call.get(LONGITUDE),
                                call.get(NAME).orElse(""),
                                call.get(ADDRESS).orElse(""),
                                sending.answered(instance, call))),
                call.record());
    }
}
