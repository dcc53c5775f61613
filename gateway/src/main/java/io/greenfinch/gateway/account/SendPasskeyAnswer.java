package io.greenfinch.gateway.account;

import io.greenfinch.client.PasskeyAssertion;
import io.greenfinch.client.PasskeyStep;
import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Passes on what a passkey has signed on WhatsApp's page, and tells the code that the phone shows then; an extension. */
public final class SendPasskeyAnswer implements ApiMethod.OfInstance {

    private static final String FLAG = "sendPasskeyAnswer";
    private static final String RAW_ID = "rawId";
    private static final String RESPONSE = "response";
    private static final int LONGEST = 16 * 1024;
    private static final Pattern BASE64_URL = Pattern.compile("[A-Za-z0-9_-]+");

    /** A code is read in two halves. */
    private static final int HALF = 4;

    private static final List<String> SIGNED = List.of("clientDataJSON", "authenticatorData", "signature");

    private static final Shape BYTES = Shape.pattern(BASE64_URL.pattern());

    /** In the form of {@code PublicKeyCredential.toJSON()}; what else is in it is passed on as it is. */
    private static final Field<JsonNode> CREDENTIAL = Field.required(
            "credential",
            FieldType.ANY
                    .and(FieldType.is(JsonNode::isObject, "must be of type object"))
                    .and(FieldType.is(value -> bytes(value.path(RAW_ID)), "must have a '" + RAW_ID + "' in base64url"))
                    .and(FieldType.is(
                            value -> SIGNED.stream()
                                    .allMatch(name -> bytes(value.path(RESPONSE).path(name))),
                            "must have in '" + RESPONSE + "', in base64url: " + String.join(", ", SIGNED)))
                    .and(FieldType.is(
                            value -> value.toString().length() <= LONGEST,
                            "length must be less than or equal to " + LONGEST + " characters long"))
                    .shaped(Shape.object(RAW_ID, BYTES)
                            .and(
                                    RESPONSE,
                                    Shape.object("clientDataJSON", BYTES)
                                            .and("authenticatorData", BYTES)
                                            .and("signature", BYTES)
                                            .open())
                            .open()));

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .with(Trait.UNCERTAIN)
                .taking(CREDENTIAL)
                .answering(Shape.object(FLAG, Shape.FLAG)
                        .maybe("code", Shape.pattern("[0-9A-Z]{4}-[0-9A-Z]{4}"))
                        .maybe("compare", Shape.FLAG))
                .withReasons(PasskeyReplies.REASONS);
    }

    private static boolean bytes(JsonNode text) {
        return text.isString()
                && BASE64_URL.matcher(text.stringValue()).matches()
                && text.stringValue().length() % HALF != 1;
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        JsonNode credential = call.get(CREDENTIAL);
        PasskeyAssertion assertion = new PasskeyAssertion(
                Base64.getUrlDecoder().decode(credential.path(RAW_ID).stringValue()), credential.toString());
        PasskeyStep step = instance.session()
                .map(Session::account)
                .map(link -> link.answerPasskey(assertion, call.deadline()))
                .orElseGet(PasskeyStep.NotDemanded::new);
        return step instanceof PasskeyStep.Code(String characters, boolean proven)
                ? Reply.ok(Json.object()
                        .put(FLAG, true)
                        .put("code", characters.substring(0, HALF) + "-" + characters.substring(HALF))
                        .put("compare", !proven))
                : PasskeyReplies.failed(FLAG, step);
    }
}
