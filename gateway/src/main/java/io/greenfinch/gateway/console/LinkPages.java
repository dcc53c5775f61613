package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.http.Told;
import io.greenfinch.gateway.instance.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An instance as it is, and how it is linked: by a code that is scanned, or one that is typed. */
final class LinkPages {

    private static final long STATES = 20;

    private final Methods methods;
    private final Clock clock;

    LinkPages(Methods methods, Clock clock) {
        this.methods = methods;
        this.clock = clock;
    }

    /** How it is now. */
    public record State(String state, boolean online, boolean linked, String phone, String cause, String since) {}

    /** How it was. */
    public record Past(String state, String phone, String at) {}

    /**
     * A code to scan.
     *
     * @param picture PNG in base64; empty where there is none
     * @param trouble why there is none
     * @param linked whether there will be none, for an account is linked
     */
    public record Code(String picture, String trouble, boolean linked) {}

    void addTo(Router router) {
        router.get("instances/{id}", this::overview)
                .get("instances/{id}/state", this::state)
                .get("instances/{id}/qr", this::qr)
                .post("instances/{id}/code", this::code)
                .post("instances/{id}/logout", this::logout)
                .post("instances/{id}/reboot", this::reboot);
    }

    private SiteReply overview(Scene scene) {
        Instance instance = scene.instance();
        List<Past> past = new ArrayList<>();
        for (JsonNode each :
                methods.body(scene, "getStateInstanceHistory", Json.object().put("count", STATES))) {
            past.add(new Past(
                    each.path("stateInstance").asString(""),
                    each.path("phoneNumber").asString("").replace("@c.us", ""),
                    scene.texts().time(each.path("timestamp").asLong(0))));
        }
        String title = instance.name().isEmpty() ? Long.toString(instance.id()) : instance.name();
        return scene.show(
                "overview.jte",
                scene.page(title, "overview"),
                Map.of(
                        "state", now(scene),
                        "past", past,
                        "created", scene.texts().time(instance.created()),
                        "apiUrl", scene.stage().apiUrl().toString()));
    }

    private SiteReply state(Scene scene) {
        return scene.show("state.jte", scene.page("", "overview"), Map.of("state", now(scene)));
    }

    private State now(Scene scene) {
        Instance instance = scene.instance();
        var status = instance.session().map(session -> session.account().status());
        return new State(
                instance.state(clock.instant()).wire(),
                instance.online(),
                status.map(known -> known.linked()).orElse(false),
                status.flatMap(known -> known.account())
                        .map(account -> account.pn().user())
                        .orElse(""),
                instance.cause()
                        .map(cause -> scene.texts().word("cause", cause.word()))
                        .orElse(instance.damaged() ? scene.t("cause.damaged") : ""),
                status.map(known -> scene.texts().duration(Duration.between(known.since(), clock.instant())))
                        .orElse(""));
    }

    private SiteReply qr(Scene scene) {
        JsonNode told = methods.body(scene, "qr", Json.object());
        String type = told.path("type").asString("");
        String message = told.path("message").asString("");
        Code code = new Code(
                type.equals("qrCode") ? message : "",
                type.equals("error") ? message : "",
                type.equals("alreadyLogged"));
        return scene.show("qr.jte", scene.page("", "overview"), Map.of("code", code));
    }

    private SiteReply code(Scene scene) {
        String digits = scene.visit().field("phone").replaceAll("[^0-9]", "");
        if (digits.isEmpty() || digits.length() > 15) {
            return scene.notice(false, scene.t("link.noNumber"));
        }
        Told told =
                methods.call(scene, "getAuthorizationCode", Json.object().put("phoneNumber", Long.parseLong(digits)));
        return switch (told) {
            case Told.Body body
            when body.json().path("status").asBoolean(false) ->
                scene.show(
                        "code.jte",
                        scene.page("", "overview"),
                        Map.of("code", body.json().path("code").asString("")));
            case Told.Body body ->
                scene.notice(false, Methods.words(scene.texts(), scene.t("link.noCode"), body.reason()));
            case Told.Trouble trouble ->
                scene.notice(false, Methods.words(scene.texts(), trouble.message(), trouble.reason()));
        };
    }

    private SiteReply logout(Scene scene) {
        return done(scene, methods.call(scene, "logout"), "isLogout", "logout.done");
    }

    private SiteReply reboot(Scene scene) {
        return done(scene, methods.call(scene, "reboot"), "isReboot", "reboot.done");
    }

    private static SiteReply done(Scene scene, Told told, String flag, String words) {
        return switch (told) {
            case Told.Body body when body.json().path(flag).asBoolean(false) -> scene.notice(true, scene.t(words));
            case Told.Body body ->
                scene.notice(false, Methods.words(scene.texts(), scene.t("failure.refused"), body.reason()));
            case Told.Trouble trouble ->
                scene.notice(false, Methods.words(scene.texts(), trouble.message(), trouble.reason()));
        };
    }
}
