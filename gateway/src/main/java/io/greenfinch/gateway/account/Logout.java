package io.greenfinch.gateway.account;

import io.greenfinch.client.LogoutOutcome;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.instance.Instance;

/** Unlinks the account. Only WhatsApp's own confirmation counts; without it the link is kept. */
public final class Logout implements InstanceMethod {

    private static final MethodSpec SPEC = MethodSpec.get("logout", 1);

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        LogoutOutcome outcome = instance.session()
                .map(session -> session.account().logout(call.deadline()))
                .orElse(LogoutOutcome.NOT_LINKED);
        return switch (outcome) {
            // Who is not linked is logged out: the wish is fulfilled.
            case UNLINKED, NOT_LINKED -> Answer.ok(Json.object().put("isLogout", true));
            case UNKNOWN -> Answer.error(502, "Bad Gateway").withReason("unknown");
        };
    }
}
