package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.message.MessageSecret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives a poll to the queue of what is to be sent (green-api.md §5.2). Votes come as notifications. */
public record SendPoll(Sending sending, SecureRandom random) implements ApiMethod.OfInstance {

    private static final int LONGEST_QUESTION = 255;
    private static final int LONGEST_OPTION = 100;
    private static final int FEWEST = 2;
    private static final int MOST = 12;
    private static final String OPTION_NAME = "optionName";

    private static final FieldType<String> NAME = FieldType.FILLED_TEXT.notLonger(LONGEST_OPTION);

    private static final FieldType<String> OPTION = FieldType.ANY
            .and(FieldType.is(JsonNode::isObject, "must be of type object"))
            .and((name, value) -> value.has(OPTION_NAME)
                    ? NAME.rule().complaint(name + "." + OPTION_NAME, value.path(OPTION_NAME))
                    : FieldType.is(each -> false, "is required").complaint(name + "." + OPTION_NAME, value))
            .and(FieldType.is(value -> value.size() == 1, "must only have an '" + OPTION_NAME + "'"))
            .as(value -> value.path(OPTION_NAME).stringValue())
            .shaped(Shape.object(OPTION_NAME, NAME.shape()));

    private static final Field<String> QUESTION =
            Field.required("message", FieldType.FILLED_TEXT.notLonger(LONGEST_QUESTION));
    private static final Field<List<String>> OPTIONS = Field.required("options", FieldType.array(FEWEST, MOST, OPTION));
    private static final Field<Optional<Boolean>> SEVERAL = Field.optional("multipleAnswers", FieldType.FLAG);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("sendPoll", 50)
                .taking(SendFields.CHAT, QUESTION, OPTIONS, SEVERAL, SendFields.QUOTED, SendFields.TYPING)
                .answering(Sending.ANSWER);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        boolean several = call.get(SEVERAL).orElse(false);
        ObjectNode request = SendFields.to(call).put("message", call.get(QUESTION));
        request.set("options", call.body().path(OPTIONS.name()));
        request.put("multipleAnswers", several);
        return sending.give(
                instance,
                new Draft(
                        "sendPoll",
                        call.get(SendFields.CHAT),
                        SendFields.with(call, request),
                        MessageWriting.poll(
                                call.get(QUESTION),
                                call.get(OPTIONS),
                                several,
                                MessageSecret.generate(random),
                                sending.answered(instance, call))),
                call.record());
    }
}
