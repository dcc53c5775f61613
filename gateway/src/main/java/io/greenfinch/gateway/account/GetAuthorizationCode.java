package io.greenfinch.gateway.account;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceState;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A code to type on the phone, for linking without a camera (green-api.md §4.10). */
public record GetAuthorizationCode(Clock clock) implements ApiMethod.OfInstance {

    private static final long SHORTEST = 1_000_000L;
    private static final long LONGEST = 999_999_999_999_999L;
    private static final Field<Long> PHONE_NUMBER = Field.required(
            "phoneNumber",
            FieldType.integer(Long.MIN_VALUE, Long.MAX_VALUE)
                    .and((name, number) -> number.longValue() >= SHORTEST && number.longValue() <= LONGEST
                            ? Optional.empty()
                            : Optional.of("'" + name + "': invalid phone number"))
                    .shaped(Shape.number(SHORTEST, LONGEST)));

    /** Why WhatsApp can't be reached, as far as that is known. */
    private static final String UNREACHABLE = Arrays.stream(DisconnectCause.values())
            .filter(DisconnectCause::unreachable)
            .map(DisconnectCause::word)
            .collect(Collectors.joining(" "));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getAuthorizationCode", 10)
                .taking(PHONE_NUMBER)
                .answering(Shape.object("status", Shape.FLAG).and("code", Shape.pattern("$|^[0-9A-Z]{8}")))
                .withReasons("already-authorized number-not-found whatsapp-rate-limit passkey-required client-outdated"
                        + " not-sent unknown not-allowed damaged owner-changed " + UNREACHABLE);
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Optional<Session> session = instance.session();
        if (session.isEmpty()) {
            return failed("damaged");
        }
        if (instance.state(clock.instant()) == InstanceState.STARTING) {
            return Reply.error(400, "instance in starting process try later");
        }
        String number = Long.toString(call.get(PHONE_NUMBER));
        return switch (session.get().account().phoneCode(number, call.deadline())) {
            case PhoneCode.Code code -> answer(true, code.characters());
            case PhoneCode.AlreadyLinked linked -> failed("already-authorized");
            case PhoneCode.Refused refused -> failed(reason(refused.code()));
            case PhoneCode.PasskeyRequired passkey -> failed("passkey-required");
            case PhoneCode.Unanswered unanswered -> failed("unknown");
            case PhoneCode.Unavailable unavailable -> failed(reason(unavailable.cause()));
        };
    }

    private static Reply failed(String reason) {
        return answer(false, "").withReason(reason);
    }

    private static Reply answer(boolean status, String code) {
        return Reply.ok(Json.object().put("status", status).put("code", code)).succeeding(status);
    }

    private static String reason(int code) {
        return switch (code) {
            case 404 -> "number-not-found";
            case 429 -> "whatsapp-rate-limit";
            default -> "not-allowed";
        };
    }

    private static String reason(DisconnectCause cause) {
        return cause == DisconnectCause.CLIENT_OUTDATED || cause == DisconnectCause.OWNER_CHANGED || cause.unreachable()
                ? cause.word()
                : "not-sent";
    }
}
