package io.greenfinch.gateway.account;

import io.greenfinch.client.AccountLink;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import java.util.Optional;
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
                .map(Session::account)
                .filter(link -> link.status().phase() == Phase.PASSKEY_REQUIRED)
                .flatMap(link -> demanded(link, call))
                .map(options -> {
                    ObjectNode told = Json.object().put("demanded", true);
                    told.set("publicKey", options);
                    return told;
                })
                .orElseGet(() -> Json.object().put("demanded", false)));
    }

    private static Optional<JsonNode> demanded(AccountLink link, Call call) {
        return link.pairingCode(call.deadline()) instanceof PairingCode.PasskeyRequired(String options)
                ? Optional.of(options(options))
                : Optional.empty();
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
