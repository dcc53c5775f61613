package io.greenfinch.gateway.account;

import io.greenfinch.client.Account;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.instance.Instance;
import tools.jackson.databind.node.ObjectNode;

/** Tells an instance's settings, keys and order as documented (green-api.md §4.1). */
public final class GetSettings implements InstanceMethod {

    private static final MethodSpec SPEC = MethodSpec.get("getSettings", 1).asSafe();

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        ObjectNode settings = Json.object()
                .put(
                        "wid",
                        instance.session()
                                .map(session -> session.account().status())
                                .flatMap(SessionStatus::account)
                                .map(GetSettings::wid)
                                .orElse(""));
        instance.settings().writeTo(settings);
        return Answer.ok(settings);
    }

    private static String wid(Account account) {
        return account.pn().user() + "@c.us";
    }
}
