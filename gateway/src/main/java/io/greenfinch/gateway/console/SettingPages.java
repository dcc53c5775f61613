package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.http.Told;
import io.greenfinch.gateway.instance.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The settings of an instance as a form. */
record SettingPages(Methods methods) {

    /**
     * A field of the form.
     *
     * @param kind {@code switch}, {@code number} or {@code text}
     * @param explanation what it is for
     */
    public record Entry(String name, String kind, String value, String explanation) {}

    void addTo(Router router) {
        router.get("instances/{id}/settings", this::form).post("instances/{id}/settings", this::save);
    }

    private SiteReply form(Scene scene) {
        JsonNode told = methods.body(scene, "getSettings", Json.object());
        List<Entry> entries = new ArrayList<>();
        for (Setting setting : Setting.ALL) {
            kind(setting.kind())
                    .ifPresent(kind -> entries.add(new Entry(
                            setting.name(),
                            kind,
                            told.path(setting.name()).asString(""),
                            scene.texts().word("setting", setting.name()))));
        }
        return scene.show(
                "settings.jte", scene.page(scene.t("settings.title"), "settings"), Map.of("entries", entries));
    }

    private static Optional<String> kind(Setting.Kind kind) {
        return switch (kind) {
            case URL, HEADER -> Optional.of("text");
            case SWITCH, LOOSE_SWITCH -> Optional.of("switch");
            case DELAY, TYPING -> Optional.of("number");
            case FIXED, WITHOUT_EFFECT -> Optional.empty();
        };
    }

    /** All that the form has: a switch that is off is not sent by browsers. */
    private SiteReply save(Scene scene) {
        ObjectNode fields = Json.object();
        for (Setting setting : Setting.ALL) {
            String value = scene.visit().field(setting.name()).strip();
            switch (kind(setting.kind()).orElse("")) {
                case "switch" -> fields.put(setting.name(), value.equals("yes") ? "yes" : "no");
                case "text" -> fields.put(setting.name(), value);
                case "number" -> {
                    if (value.matches("[0-9]{1,9}")) {
                        fields.put(setting.name(), Long.parseLong(value));
                    } else if (!value.isEmpty()) {
                        fields.put(setting.name(), value); // told as it is by the method's own complaint
                    }
                }
                default -> {}
            }
        }
        return switch (methods.call(scene, "setSettings", fields)) {
            case Told.Body body -> scene.notice(true, scene.t("settings.saved"));
            case Told.Trouble trouble -> scene.notice(false, trouble.message());
        };
    }
}
