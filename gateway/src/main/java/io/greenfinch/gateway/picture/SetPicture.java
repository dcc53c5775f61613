package io.greenfinch.gateway.picture;

import io.greenfinch.client.Session;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.group.NoAnswers;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What both methods that set a picture do. */
final class SetPicture {

    /** The field with the picture. */
    static final Field FILE = Field.required("file", Field.file(10L * 1024 * 1024));

    private final PictureStudio studio;
    private final Clock clock;
    private final String flag;
    private final JsonNode noReason;

    /**
     * One of the methods.
     *
     * @param flag the field of the answer that says whether it was done
     * @param noReason what stands as the reason of a success
     */
    SetPicture(PictureStudio studio, Clock clock, String flag, JsonNode noReason) {
        this.studio = studio;
        this.clock = clock;
        this.flag = flag;
        this.noReason = noReason;
    }

    /**
     * Sets the picture that came with the call.
     *
     * @param group whose it is to be; empty for the account itself
     */
    Answer handle(Session session, Optional<Jid> group, Call call) {
        Duration left = Duration.between(clock.instant(), call.deadline());
        return switch (studio.square(call.file(FILE.name()).path(), left)) {
            case PictureStudio.Result.Ready ready -> set(session, group, ready.jpeg(), call.deadline());
            case PictureStudio.Result.Unusable unusable ->
                Answer.error(400, Schema.FAILED + "'" + FILE.name() + "' " + unusable.complaint());
            case PictureStudio.Result.Busy busy ->
                Answer.error(429, "Too Many Requests").withReason("busy").withRetryAfter(5);
        };
    }

    private Answer set(Session session, Optional<Jid> group, byte[] jpeg, Instant deadline) {
        return switch (session.pictures().set(group, jpeg, deadline)) {
            case Outcome.Done<String> set -> answer(noReason, url(session, group, deadline), true);
            case Outcome.Refused<String> refused -> {
                String why = word(refused);
                yield answer(Json.text(why), "", false).withReason(why);
            }
            case Outcome.Unknown<String> silence -> NoAnswers.of(silence.why());
        };
    }

    private Answer answer(JsonNode reason, String url, boolean done) {
        ObjectNode answer = Json.object();
        answer.set("reason", reason);
        return Answer.ok(answer.put("urlAvatar", url).put(flag, done));
    }

    private static String url(Session session, Optional<Jid> group, Instant deadline) {
        return group.or(() -> session.account()
                        .status()
                        .account()
                        .map(account -> account.pn().account()))
                .map(subject -> session.pictures().find(subject, PictureSize.IMAGE, deadline))
                .flatMap(told -> told.done().map(picture -> picture.url().toString()))
                .orElse("");
    }

    private static String word(Outcome.Refused<String> refused) {
        return switch (refused.reason()) {
            case NOT_A_MEMBER -> "not-a-member";
            case GROUP_NOT_FOUND -> "group-not-found";
            case NOT_AN_ADMIN -> "not-an-admin";
            case NOT_ALLOWED -> "not-allowed";
            case LOCKED -> "locked";
            case BAD_PICTURE -> "bad-picture";
            default -> "refused-" + refused.code();
        };
    }
}
