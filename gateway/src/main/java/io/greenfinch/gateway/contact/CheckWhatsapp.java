package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.contact.Registration;
import io.greenfinch.client.device.DeviceList;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
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
import java.util.Optional;

/** Tells whether somebody is on WhatsApp, as WhatsApp says (green-api.md §11.1). */
public final class CheckWhatsapp implements ApiMethod.OfSession {

    private static final String BAD_NUMBER = "bad phone number, valid 11 or 12 digits";
    private static final String TIMEOUT = "check phone number timeout limit exceeded";

    private static final Field<Optional<Jid>> CHAT = Field.fillable("chatId", ChatIds.PERSON_ID);

    /** Seven digits are the shortest numbers, fifteen the longest (E.164); the documented words speak of the usual ones. */
    private static final Field<Optional<Long>> NUMBER =
            Field.fillable("phoneNumber", FieldType.integer(1, 999_999_999_999_999L));

    private static final Field<Optional<Boolean>> FORCE = Field.optional("force", FieldType.FLAG);

    private static final long SHORTEST = 1_000_000L;

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("checkWhatsapp", 10)
                .taking(CHAT, NUMBER, FORCE)
                .answering(Shape.object("existsWhatsapp", Shape.FLAG)
                        .and("chatId", Shape.TEXT)
                        .and("username", Shape.TEXT)
                        .and("phoneNumber", ChatIds.PERSON_OR_NOBODY)
                        .and("fromCache", Shape.FLAG))
                .withReasons(400, "not-sent unknown " + Descriptor.REFUSED);
    }

    @Override
    public Reply handle(Call call, Session session) {
        Optional<Jid> asked = call.get(CHAT)
                .or(() -> call.get(NUMBER)
                        .filter(number -> number >= SHORTEST)
                        .map(number -> Jid.pn(Long.toString(number))));
        if (asked.isEmpty()) {
            return Reply.error(400, BAD_NUMBER);
        }
        Outcome<Registration> told = asked.get().isLid()
                ? byLid(session, asked.get(), call)
                : session.people().find(asked.get(), call.get(FORCE).orElse(false), call.deadline());
        return switch (told) {
            case Outcome.Done<Registration>(Registration registration) -> answer(registration);
            case Outcome.Refused<Registration> refused ->
                Reply.error(400, TIMEOUT).withReason(Reasons.refused(refused.code()));
            case Outcome.Unknown<Registration>(Silence why) -> silent(why);
        };
    }

    /** WhatsApp tells the devices of who is there. */
    static Outcome<Registration> byLid(Session session, Jid lid, Call call) {
        Outcome<DeviceList> devices = session.devices().find(lid, call.deadline());
        return devices instanceof Outcome.Refused<DeviceList> refused && refused.reason() == Refusal.NOT_ON_WHATSAPP
                ? new Outcome.Done<>(Registration.NOBODY)
                : devices.map(list -> new Registration(Optional.empty(), Optional.of(lid), false));
    }

    private static Reply silent(Silence why) {
        return switch (why) {
            case NOT_SENT, UNKNOWN -> Reply.error(400, TIMEOUT).withReason(Reasons.of(why));
            case RATE_LIMITED, NOT_LINKED -> Reasons.noAnswer(why);
        };
    }

    private static Reply answer(Registration registration) {
        return Reply.ok(Json.object()
                .put("existsWhatsapp", registration.registered())
                .put(
                        "chatId",
                        registration
                                .lid()
                                .or(registration::pn)
                                .map(ChatNames::of)
                                .orElse(""))
                .put("username", "")
                .put("phoneNumber", registration.pn().map(ChatNames::of).orElse(""))
                .put("fromCache", registration.cached()));
    }
}
