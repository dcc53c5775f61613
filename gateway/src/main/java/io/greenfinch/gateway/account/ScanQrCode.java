package io.greenfinch.gateway.account;

import io.greenfinch.client.Account;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.TextSocket;
import io.greenfinch.gateway.instance.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** QR codes as they change, over a WebSocket, and at the end the account that was linked (green-api.md §4.9). */
public final class ScanQrCode implements InstanceMethod {

    private static final Duration LIFE = Duration.ofSeconds(100);

    /** A socket that has been silent for this long is pinged. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final MethodSpec SPEC = MethodSpec.get("scanqrcode", 1);

    private final Clock clock;

    public ScanQrCode(Clock clock) {
        this.clock = clock;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        return Answer.socket(instance.id(), socket -> show(socket, instance));
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
        socket.send(frame("timeoutExpired", "timeoutExpired"));
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
        return frame("accountData", "accountData")
                .put(
                        "wid",
                        instance.session()
                                .map(session -> session.account().status())
                                .flatMap(SessionStatus::account)
                                .map(Account::pn)
                                .map(pn -> pn.user() + "@c.us")
                                .orElse(""))
                .put("pushname", "")
                .set("webhookUrl", settings.path("webhookUrl"));
    }

    private static ObjectNode frame(String type, String message) {
        return Json.object().put("type", type).put("message", message);
    }
}
