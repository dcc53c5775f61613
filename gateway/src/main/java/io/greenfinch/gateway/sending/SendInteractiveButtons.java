package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.ButtonWriting;
import io.greenfinch.gateway.chat.ButtonWriting.Button;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Gives a text with buttons under it to the queue of what is to be sent (green-api.md §5.9, §5.10). */
public final class SendInteractiveButtons implements ApiMethod.OfInstance {

    private static final Field<Optional<String>> HEADER = Field.optional("header", SendFields.SHORT_TEXT);
    private static final Field<String> BODY = Field.required("body", SendFields.TEXT);
    private static final Field<Optional<String>> FOOTER = Field.optional("footer", SendFields.SHORT_TEXT);

    private final Sending sending;
    private final String name;
    private final Field<List<Button>> buttons;

    private SendInteractiveButtons(Sending sending, String name, FieldType<List<Button>> buttons) {
        this.sending = sending;
        this.name = name;
        this.buttons = Field.required("buttons", buttons);
    }

    /** Buttons of any kind. */
    public static SendInteractiveButtons ofAnyKind(Sending sending) {
        return new SendInteractiveButtons(sending, "sendInteractiveButtons", ButtonFields.buttons(false));
    }

    /** Buttons that are answers. */
    public static SendInteractiveButtons ofReplies(Sending sending) {
        return new SendInteractiveButtons(sending, "sendInteractiveButtonsReply", ButtonFields.buttons(true));
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(name, 1)
                .taking(SendFields.CHAT, HEADER, BODY, FOOTER, buttons, SendFields.QUOTED, SendFields.TYPING)
                .answering(Sending.ANSWER);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        ObjectNode request = SendFields.to(call);
        call.get(HEADER).ifPresent(header -> request.put(HEADER.name(), header));
        request.put(BODY.name(), call.get(BODY));
        call.get(FOOTER).ifPresent(footer -> request.put(FOOTER.name(), footer));
        request.set(buttons.name(), call.body().path(buttons.name()));
        return sending.give(
                instance,
                new Draft(
                        name,
                        call.get(SendFields.CHAT),
                        SendFields.with(call, request),
                        ButtonWriting.buttons(
                                call.get(HEADER).orElse(""),
                                call.get(BODY),
                                call.get(FOOTER).orElse(""),
                                call.get(buttons),
                                sending.answered(instance, call))),
                call.record());
    }
}
