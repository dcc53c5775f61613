package io.greenfinch.gateway.account;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PairingCode;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** The QR code to scan now, as a picture (green-api.md §4.8). */
public final class Qr implements ApiMethod.OfInstance {

    private static final String PASSKEY = "WhatsApp demands a passkey of this account's owner: see getPasskeyChallenge";

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("qr", 3)
                .answering(Shape.object("type", Shape.words("qrCode", "alreadyLogged", "error"))
                        .and("message", Shape.FILLED));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return Reply.ok(message(instance.session()
                .map(session -> session.account().pairingCode(call.deadline()))
                .orElseGet(Qr::noSession)));
    }

    /** What there is to tell of an instance without a session. */
    static PairingCode noSession() {
        return new PairingCode.Unavailable(DisconnectCause.STORE);
    }

    /** The documented form of an outcome. */
    static ObjectNode message(PairingCode outcome) {
        return switch (outcome) {
            case PairingCode.Code shown ->
                message("qrCode", Base64.getEncoder().encodeToString(QrPicture.png(shown.text())));
            case PairingCode.AlreadyLinked linked -> message("alreadyLogged", "instance account already authorized");
            case PairingCode.PasskeyRequired passkey -> message("error", PASSKEY);
            case PairingCode.Unavailable unavailable -> message("error", words(unavailable.cause()));
        };
    }

    static ObjectNode message(String type, String message) {
        return Json.object().put("type", type).put("message", message);
    }

    private static String words(DisconnectCause cause) {
        return switch (cause) {
            case NETWORK, KEEPALIVE_TIMEOUT -> "WhatsApp can't be reached, try later";
            case CONNECTION_REFUSED -> "WhatsApp's server refuses connections, try later";
            case UNKNOWN_HOST -> "The name of WhatsApp's server leads to no address (DNS), try later";
            case UNTRUSTED_CERTIFICATE -> "The certificate of WhatsApp's server is not to be trusted";
            case CAPTIVE_PORTAL -> "Something other than WhatsApp answers, such as a proxy or a login page";
            case NO_ANSWER -> "WhatsApp's server does not answer, try later";
            case SERVER_RESTART, SERVER_ERROR, PROTOCOL -> "WhatsApp gave no code, try later";
            case CERTIFICATE -> "The server is not signed by the configured root key";
            case CLIENT_OUTDATED -> "WhatsApp no longer accepts the configured client version";
            case LOGIN_REFUSED -> "WhatsApp refuses this client";
            case QR_EXPIRED -> "The codes ran out without a scan, ask again";
            case STORE -> "What is stored of this instance can't be read";
            case OWNER_CHANGED -> "Another process has taken over this instance";
            case CLOSED_BY_US, UNLINKED, REPLACED, SUSPENDED, BLOCKED -> "instance in starting process try later";
        };
    }
}
