package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.chat.PairingDesk;
import io.greenfinch.simulator.chat.PairingDesk.ScanResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the owner of a phone does with it to link a companion. */
final class PairingEndpoints {

    private PairingEndpoints() {}

    static void register(AdminHandler admin, PairingDesk desk) {
        admin.on("POST", "/admin/mock-phone/scan-qr", request -> scan(desk, request))
                .on(
                        "POST",
                        "/admin/mock-phone/enter-code",
                        _ -> AdminAnswer.error(501, "pairing by phone code is not simulated yet: scan the QR code"));
    }

    private static AdminAnswer scan(PairingDesk desk, AdminRequest request) {
        return switch (desk.scan(request.body(), request.query("acc"))) {
            case ScanResult.Sent(var account, String pn, String lid) -> {
                Map<String, Object> shown = new LinkedHashMap<>();
                shown.put("name", account.pushName().orElse(""));
                shown.put("phone", account.number());
                shown.put("jid", pn);
                shown.put("lid", lid);
                yield AdminAnswer.ok(shown);
            }
            case ScanResult.Refused(PairingDesk.Problem problem, String text) ->
                AdminAnswer.error(
                        switch (problem) {
                            case MALFORMED -> 400;
                            case UNKNOWN -> 404;
                            case CONFLICT -> 409;
                        },
                        text);
        };
    }
}
