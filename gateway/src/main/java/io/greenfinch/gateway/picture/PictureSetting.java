package io.greenfinch.gateway.picture;

import io.greenfinch.client.Session;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Fields;
import io.greenfinch.gateway.http.FileReply;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.UploadedFile;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the methods that give a picture to somebody have in common.
 *
 * @param flag the method's name, and the field of its answer
 * @param success the reason that stands in the answer of a success, for it is documented so
 */
record PictureSetting(PictureStudio studio, Clock clock, String flag, JsonNode success) {

    /** No answer waits longer than this for the address alone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The picture. */
    static final Field<UploadedFile> FILE = Field.required(
            "file",
            FieldType.file(
                    10L * 1024 * 1024,
                    Shape.TEXT.with("contentMediaType", Json.of("image/jpeg")).named("Picture")));

    Descriptor method(Shape reason) {
        return Descriptor.post(flag, 1)
                .answering(Shape.object("reason", reason)
                        .and("urlAvatar", Shape.TEXT)
                        .and(flag, Shape.FLAG))
                .withReasons(507, FileReply.NO_ROOM)
                .withReasons("not-a-member group-not-found not-an-admin not-allowed locked bad-picture "
                        + Descriptor.REFUSED);
    }

    /**
     * Sets the picture that the call brings.
     *
     * @param group empty for the account itself
     */
    Reply set(Call call, Session session, Optional<Jid> group) {
        Duration left = Duration.between(clock.instant(), call.deadline());
        return switch (studio.square(call.get(FILE).path(), left)) {
            case PictureStudio.Result.Ready ready -> set(session, group, ready.jpeg(), call.deadline());
            case PictureStudio.Result.Unusable unusable ->
                Reply.error(400, Fields.FAILED + "'" + FILE.name() + "' " + unusable.complaint());
            case PictureStudio.Result.Busy busy ->
                Reply.error(429, "Too Many Requests").withReason("busy").withRetryAfter(5);
        };
    }

    private Reply set(Session session, Optional<Jid> group, byte[] jpeg, Instant deadline) {
        return switch (session.pictures().set(group, jpeg, deadline)) {
            case Outcome.Done<String> set -> answer(success, url(session, group, deadline), true);
            case Outcome.Refused<String>(Refusal reason, int code, var invitation) -> {
                String why = Reasons.of(reason, code);
                yield answer(Json.of(why), "", false).withReason(why);
            }
            case Outcome.Unknown<String>(Silence why) -> Reasons.noAnswer(why);
        };
    }

    private Reply answer(JsonNode reason, String url, boolean done) {
        ObjectNode answer = Json.object();
        answer.set("reason", reason);
        return Reply.ok(answer.put("urlAvatar", url).put(flag, done)).succeeding(done);
    }

    private String url(Session session, Optional<Jid> group, Instant deadline) {
        Instant patience = clock.instant().plus(PATIENCE);
        Instant until = patience.isBefore(deadline) ? patience : deadline;
        return group.or(() -> session.account()
                        .status()
                        .account()
                        .map(account -> account.pn().account()))
                .map(subject -> GetAvatar.url(session.pictures().find(subject, PictureSize.IMAGE, until)))
                .orElse("");
    }
}
