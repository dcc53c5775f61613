package io.greenfinch.gateway.account;

import io.greenfinch.client.PairingCode;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.http.TextSocket;
import io.greenfinch.gateway.instance.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** QR codes as they change, over a WebSocket, and at the end the account that was linked (green-api.md §4.9). */
public record ScanQrCode(Clock clock) implements ApiMethod.OfInstance {

    private static final Duration LIFE = Duration.ofSeconds(100);

    /** A socket that has been silent for this long is pinged. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final Shape FRAME = Shape.object(
                    "type", Shape.words("qrCode", "alreadyLogged", "timeoutExpired", "error"))
            .and("message", Shape.FILLED);

    private static final Shape LINKED = Shape.object("type", Shape.constant("accountData"))
            .and("message", Shape.FILLED)
            .and("wid", Shape.pattern("[0-9]{7,15}@c\\.us"))
            .and("pushname", Shape.TEXT)
            .and("webhookUrl", Shape.TEXT);

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("scanqrcode", 1)
                .with(Trait.SOCKET)
                .answering(Shape.either(FRAME, LINKED).named("QrFrame"));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return Reply.socket(instance.id(), socket -> show(socket, instance));
    }

    private void show(TextSocket socket, Instance instance) {
        Instant end = clock.instant().plus(LIFE);
        PairingCode.Code shown = null;
        while (clock.instant().isBefore(end)) {
            Instant until = clock.instant().plus(SILENCE);
            Instant deadline = until.isBefore(end) ? until : end;
            PairingCode next = next(instance, shown, deadline);
            boolean nothingNew = next instanceof PairingCode.Unavailable
                    && shown != null
                    && !clock.instant().isBefore(deadline);
            boolean heard;
            if (next instanceof PairingCode.Code code) {
                shown = code;
                heard = socket.send(Qr.message(code));
            } else if (nothingNew) {
                heard = socket.ping();
            } else {
                boolean linkedNow = next instanceof PairingCode.AlreadyLinked && shown != null;
                socket.send(linkedNow ? accountData(instance) : Qr.message(next));
                return;
            }
            if (!heard) {
                return;
            }
        }
        socket.send(Qr.message("timeoutExpired", "timeoutExpired"));
    }

    private static PairingCode next(Instance instance, PairingCode.@Nullable Code shown, Instant deadline) {
        return instance.session()
                .map(session -> shown == null
                        ? session.account().pairingCode(deadline)
                        : session.account().nextPairingCode(shown, deadline))
                .orElseGet(Qr::noSession);
    }

    private static ObjectNode accountData(Instance instance) {
        ObjectNode settings = Json.object();
        instance.settings().writeTo(settings);
        return Qr.message("accountData", "accountData")
                .put("wid", GetSettings.wid(instance))
                .put("pushname", "")
                .set("webhookUrl", settings.path("webhookUrl"));
    }
}
