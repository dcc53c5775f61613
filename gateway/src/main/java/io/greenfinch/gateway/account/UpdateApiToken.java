package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.Instances;

/**
 * Gives the instance another token. The one that was used is worth nothing once this answers; calls that were let in
 * with it finish. Of two callers with the same old token one gets a new one, the other is turned away.
 */
public record UpdateApiToken(Instances instances) implements ApiMethod.OfInstance {

    /** What a token looks like. */
    public static final Shape TOKEN = Shape.pattern("[0-9a-f]{50}");

    /** The same where one that is damaged can't be told. */
    public static final Shape TOKEN_OR_NONE = Shape.pattern("$|^[0-9a-f]{50}");

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("updateApiToken", 10).answering(Shape.object("apiTokenInstance", TOKEN));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return instances
                .renewToken(instance, call.token())
                .map(token -> Reply.ok(Json.object().put("apiTokenInstance", token.text())))
                .orElseGet(() -> Reply.empty(401));
    }
}
