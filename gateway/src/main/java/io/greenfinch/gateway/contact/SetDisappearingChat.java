package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.MessageWriting;
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
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Says after which time messages of a chat disappear (green-api.md §11.9).
 *
 * @param wall the time of day
 */
public record SetDisappearingChat(Clock wall) implements ApiMethod.OfAccount {

    private static final Set<Long> TIMES = Set.of(0L, 86_400L, 604_800L, 7_776_000L);

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);
    private static final Field<Optional<Long>> EXPIRATION = Field.optional(
            "ephemeralExpiration",
            FieldType.integer(0, 7_776_000L)
                    .and(FieldType.is(
                            (JsonNode value) -> TIMES.contains(value.longValue()),
                            "must be one of [0, 86400, 604800, 7776000]")));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("setDisappearingChat", 1)
                .taking(CHAT, EXPIRATION)
                .answering(Shape.object("chatId", Shape.either(ChatIds.PERSON_SHAPE, ChatIds.GROUP_SHAPE))
                        .and("disappearingMessagesInChat", Shape.FLAG)
                        .and("ephemeralExpiration", Shape.NUMBER))
                .withReasons(
                        502,
                        SharedActions.REASONS + " not-a-member group-not-found not-an-admin not-allowed locked "
                                + "not-on-whatsapp blocked privacy");
    }

    @Override
    public Reply handle(Call call, Instance instance, Session session) {
        Jid chat = call.get(CHAT);
        int seconds = call.get(EXPIRATION).orElse(0L).intValue();
        return chat.isGroup() ? group(call, session, chat, seconds) : person(call, session, chat, seconds);
    }

    private static Reply group(Call call, Session session, Jid group, int seconds) {
        Outcome<GroupChange> outcome =
                session.groups().change(group, new GroupChange.Ephemeral(seconds), call.deadline());
        return outcome instanceof Outcome.Refused<GroupChange> refused && refused.reason() == Refusal.UNCHANGED
                ? set(group, seconds)
                : answer(outcome, group, seconds);
    }

    /** People are told it by a message, as they tell it. */
    private Reply person(Call call, Session session, Jid person, int seconds) {
        Instant now = wall.instant();
        OutgoingMessage message =
                new OutgoingMessage(session.messages().newId(), person, MessageWriting.timer(seconds, now));
        Outcome<?> outcome = session.messages().send(message, call.deadline());
        if (!(outcome instanceof Outcome.Done<?>)) {
            session.messages().giveUp(message.id()); // nobody sends it again
        }
        return answer(outcome, person, seconds);
    }

    private static Reply answer(Outcome<?> outcome, Jid chat, int seconds) {
        return switch (outcome) {
            case Outcome.Done<?> done -> set(chat, seconds);
            case Outcome.Refused<?>(Refusal reason, int code, var invitation) ->
                Reply.error(502, "Bad Gateway").withReason(Reasons.of(reason, code));
            case Outcome.Unknown<?>(Silence why) -> Reasons.noAnswer(why);
        };
    }

    private static Reply set(Jid chat, int seconds) {
        return Reply.ok(Json.object()
                .put("chatId", ChatNames.of(chat))
                .put("disappearingMessagesInChat", seconds > 0)
                .put("ephemeralExpiration", seconds));
    }
}
