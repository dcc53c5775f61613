package io.greenfinch.gateway.picture;

import io.greenfinch.client.Session;
import io.greenfinch.client.picture.Picture;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.GroupIds;
import io.greenfinch.gateway.group.NoAnswers;
import io.greenfinch.gateway.group.People;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Tells where the picture of a person or a group is to be had (green-api.md §11.2). */
public final class GetAvatar implements InstanceMethod {

    private static final String CHAT = "chatId";
    private static final Pattern FORM = Pattern.compile("[0-9]{1,20}@(c\\.us|lid)|[0-9]{1,32}(-[0-9]{1,20})?@g\\.us");
    private static final Schema SCHEMA = Schema.of(
            Field.required(CHAT, Field.format(FORM, "'phone_number@c.us', 'chat_id@lid' or 'group_id@g.us'")),
            // Some official clients send it as well; the chat id says it all.
            Field.optional("phoneNumber", (name, value) -> Optional.empty()));
    private static final MethodSpec SPEC =
            MethodSpec.post("getAvatar", 10).authorized().taking(SCHEMA);

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        String chat = call.body().path(CHAT).stringValue();
        Jid subject = chat.endsWith("@g.us") ? GroupIds.jid(chat) : People.jid(chat);
        return instance.session()
                .map(session -> find(session, subject, call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }

    private static Answer find(Session session, Jid subject, Call call) {
        return switch (session.pictures().find(subject, PictureSize.IMAGE, call.deadline())) {
            case Outcome.Done<Picture>(Picture found) ->
                Answer.ok(answer(found.url().toString(), true));
            case Outcome.Refused<Picture> refused ->
                switch (refused.reason()) {
                    case NO_PICTURE -> Answer.ok(answer("", false)).withReason("no-picture");
                    case HIDDEN -> Answer.ok(answer("", false)).withReason("hidden");
                    default ->
                        Answer.ok(answer("", false).put("reason", "bad request data"))
                                .withReason("refused-" + refused.code());
                };
            case Outcome.Unknown<Picture> silence -> silent(silence.why());
        };
    }

    /** A timeout is told with status 200, as documented. */
    private static Answer silent(Silence why) {
        return switch (why) {
            case NOT_SENT, UNKNOWN ->
                Answer.ok(answer("", false).put("reason", "get avatar timeout limit exceeded"))
                        .withReason(NoAnswers.reason(why));
            case RATE_LIMITED, NOT_LINKED -> NoAnswers.of(why);
        };
    }

    private static ObjectNode answer(String url, boolean available) {
        return Json.object().put("urlAvatar", url).put("available", available);
    }
}
