package io.greenfinch.gateway.picture;

import io.greenfinch.client.Session;
import io.greenfinch.client.picture.Picture;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import tools.jackson.databind.node.ObjectNode;

/** Tells where the picture of a person or a group is to be had (green-api.md §11.2). */
public final class GetAvatar implements ApiMethod.OfSession {

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);
    static final String BAD_REQUEST = "bad request data";
    static final String TIMEOUT = "get avatar timeout limit exceeded";

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getAvatar", 10)
                // Some official clients send the number as well; the chat id says it all.
                .taking(CHAT, Field.optional("phoneNumber", FieldType.ANY))
                .answering(Shape.object("urlAvatar", Shape.TEXT)
                        .and("available", Shape.FLAG)
                        .maybe("reason", Shape.words(BAD_REQUEST, TIMEOUT)))
                .withReasons("no-picture hidden not-sent unknown " + Descriptor.REFUSED);
    }

    @Override
    public Reply handle(Call call, Session session) {
        Reply told = switch (session.pictures().find(call.get(CHAT), PictureSize.IMAGE, call.deadline())) {
            case Outcome.Done<Picture>(Picture found) ->
                Reply.ok(answer(found.url().toString(), true));
            case Outcome.Refused<Picture> refused ->
                switch (refused.reason()) {
                    case NO_PICTURE, HIDDEN ->
                        Reply.ok(answer("", false)).withReason(Reasons.of(refused.reason(), refused.code()));
                    default ->
                        Reply.ok(answer("", false).put("reason", BAD_REQUEST))
                                .withReason(Reasons.refused(refused.code()));
                };
            case Outcome.Unknown<Picture>(Silence why) -> silent(why);
        };
        return told.succeeding(told.success() && told.reason().isEmpty());
    }

    /** A timeout is told with status 200, as documented. */
    private static Reply silent(Silence why) {
        return switch (why) {
            case NOT_SENT, UNKNOWN ->
                Reply.ok(answer("", false).put("reason", TIMEOUT)).withReason(Reasons.of(why));
            case RATE_LIMITED, NOT_LINKED -> Reasons.noAnswer(why);
        };
    }

    /** The address of a picture; empty where none was found. */
    public static String url(Outcome<Picture> told) {
        return told.done().map(picture -> picture.url().toString()).orElse("");
    }

    private static ObjectNode answer(String url, boolean available) {
        return Json.object().put("urlAvatar", url).put("available", available);
    }
}
