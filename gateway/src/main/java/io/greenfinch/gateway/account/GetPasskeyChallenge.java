package io.greenfinch.gateway.account;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a passkey is to sign, while WhatsApp demands one for linking; an extension. */
public final class GetPasskeyChallenge implements ApiMethod.OfInstance {

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getPasskeyChallenge", 10)
                .with(Trait.SAFE)
                .answering(Shape.object("demanded", Shape.FLAG).maybe("publicKey", Shape.ANY));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return Reply.ok(instance.session()
                .flatMap(session -> session.account().demandedPasskey(call.deadline()))
                .map(required -> {
                    ObjectNode told = Json.object().put("demanded", true);
                    told.set("publicKey", options(required.options()));
                    return told;
                })
                .orElseGet(() -> Json.object().put("demanded", false)));
    }

    /** What WhatsApp's server sends is not known to be JSON. */
    private static JsonNode options(String text) {
        try {
            JsonNode options = Json.parse(text);
            return options.isObject() ? options : Json.object();
        } catch (JacksonException e) {
            return Json.object(); // as while it is not known
        }
    }
}
