package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.chat.CodeDesk;
import io.greenfinch.simulator.chat.CodeDesk.EnterResult;
import io.greenfinch.simulator.chat.PairingDesk;
import io.greenfinch.simulator.chat.PairingDesk.ScanResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the owner of a phone does with it to link a companion. */
final class PairingEndpoints {

    private PairingEndpoints() {}

    static void register(AdminHandler admin, PairingDesk desk) {
        admin.on("POST", "/admin/mock-phone/scan-qr", request -> scan(desk, request))
                .on("POST", "/admin/mock-phone/enter-code", request -> enter(desk.codes(), request));
    }

    private static AdminAnswer scan(PairingDesk desk, AdminRequest request) {
        return switch (desk.scan(ShownCode.text(request), request.query("acc"))) {
            case ScanResult.Sent(SimulatedAccount account, String pn, String lid) -> sent(account, pn, lid);
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

    private static AdminAnswer enter(CodeDesk codes, AdminRequest request) {
        Input input = request.input();
        String person = input.requiredText("person");
        String code = input.requiredText("code");
        input.end();
        return switch (codes.enter(person, code)) {
            case EnterResult.Sent(SimulatedAccount account, String pn, String lid) -> sent(account, pn, lid);
            case EnterResult.Refused(CodeDesk.Problem problem, String text) ->
                AdminAnswer.error(
                        switch (problem) {
                            case MALFORMED -> 400;
                            case UNKNOWN -> 404;
                            case WRONG -> 403;
                            case CONFLICT -> 409;
                            case SILENT -> 504;
                        },
                        text);
        };
    }

    private static AdminAnswer sent(SimulatedAccount account, String pn, String lid) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", account.pushName().orElse(""));
        shown.put("phone", account.number());
        shown.put("jid", pn);
        shown.put("lid", lid);
        return AdminAnswer.ok(shown);
    }
}
