package io.greenfinch.gateway.account;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceState;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A code to type on the phone, for linking without a camera (green-api.md §4.10). */
public final class GetAuthorizationCode implements InstanceMethod {

    private static final String PHONE_NUMBER = "phoneNumber";
    private static final long SHORTEST = 1_000_000L;
    private static final long LONGEST = 999_999_999_999_999L;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final MethodSpec SPEC = MethodSpec.post("getAuthorizationCode", 10)
            .taking(Schema.of(Field.required(
                    PHONE_NUMBER,
                    Field.integer(Long.MIN_VALUE, Long.MAX_VALUE).and(GetAuthorizationCode::invalidNumber))));

    private final Clock clock;

    public GetAuthorizationCode(Clock clock) {
        this.clock = clock;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    private static Optional<String> invalidNumber(String name, JsonNode value) {
        long number = value.longValue();
        return number >= SHORTEST && number <= LONGEST
                ? Optional.empty()
                : Optional.of("'" + name + "': invalid phone number");
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        Optional<Session> session = instance.session();
        if (session.isEmpty() || instance.state(clock.instant()) == InstanceState.STARTING) {
            return Answer.error(400, "instance in starting process try later");
        }
        String number = Long.toString(call.body().get(PHONE_NUMBER).longValue());
        return switch (session.get().account().phoneCode(number, call.deadline())) {
            case PhoneCode.Code code -> answer(true, code.characters());
            case PhoneCode.AlreadyLinked linked -> failed("already-authorized");
            case PhoneCode.Refused refused -> failed(reason(refused.code()));
            case PhoneCode.PasskeyRequired passkey -> failed("passkey-required");
            case PhoneCode.Unavailable unavailable -> failed(reason(unavailable.cause()));
        };
    }

    private static Answer failed(String reason) {
        return answer(false, "").withReason(reason);
    }

    private static Answer answer(boolean status, String code) {
        return Answer.ok(Json.object().put("status", status).put("code", code));
    }

    private static String reason(int code) {
        return switch (code) {
            case NOT_FOUND -> "number-not-found";
            case TOO_MANY -> "whatsapp-rate-limit";
            default -> "not-allowed";
        };
    }

    private static String reason(DisconnectCause cause) {
        return cause == DisconnectCause.CLIENT_OUTDATED ? "client-outdated" : "not-sent";
    }
}
