package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The simulated phones of a sandbox: what they show, and what their owners do. */
record PhonePages(SimulatedPhones phones, Methods methods) {

    private static final int LATEST = 12;

    /** Something that a phone shows. */
    public record Seen(String at, String from, String text) {}

    /** Somebody's phone. */
    public record Phone(String name, String number, List<Seen> seen) {}

    /** Somebody or a group to write to. */
    public record Address(String id, String name) {}

    void addTo(Router router) {
        router.get("phones", this::page)
                .get(
                        "phones/now",
                        scene -> scene.show("phonerows.jte", scene.page("", "phones"), Map.of("phones", all(scene))))
                .post("phones/write", this::write)
                .post("phones/leave", this::leave)
                .post("instances/{id}/scan", this::scan);
    }

    private SiteReply page(Scene scene) {
        return scene.show(
                "phones.jte",
                scene.page(scene.t("phones.title"), "phones"),
                Map.of("phones", all(scene), "people", people(), "groups", groups()));
    }

    private List<Phone> all(Scene scene) {
        List<Phone> all = new ArrayList<>();
        for (JsonNode person : phones.people()) {
            List<Seen> seen = new ArrayList<>();
            String number = person.path("phone").asString("");
            for (JsonNode each : phones.seen(number)) {
                seen.add(new Seen(
                        time(scene, each.path("at").asString("")),
                        each.path("from").asString(""),
                        each.path("text").asString("")));
            }
            Collections.reverse(seen);
            all.add(new Phone(
                    person.path("name").asString(""),
                    number,
                    seen.stream().limit(LATEST).toList()));
        }
        return all;
    }

    private static String time(Scene scene, String at) {
        try {
            return scene.texts().time(Instant.parse(at));
        } catch (DateTimeParseException e) {
            return at;
        }
    }

    private List<Address> people() {
        List<Address> people = new ArrayList<>();
        for (JsonNode person : phones.people()) {
            people.add(new Address(
                    person.path("phone").asString(""), person.path("name").asString("")));
        }
        return people;
    }

    private List<Address> groups() {
        List<Address> groups = new ArrayList<>();
        for (JsonNode group : phones.groups()) {
            groups.add(new Address(
                    group.path("id").asString(""), group.path("subject").asString("")));
        }
        return groups;
    }

    private SiteReply write(Scene scene) {
        return told(
                scene,
                phones.write(
                        scene.visit().field("person"),
                        scene.visit().field("to"),
                        scene.visit().field("text")),
                "phones.written");
    }

    private SiteReply leave(Scene scene) {
        return told(
                scene, phones.act(scene.visit().field("group"), scene.visit().field("person"), "leave"), "phones.left");
    }

    private SiteReply scan(Scene scene) {
        if (!scene.visitor().seesAll()) {
            return scene.notice(false, scene.t("failure.refused"));
        }
        String code = methods.body(scene, "qr", Json.object()).path("message").asString("");
        return told(scene, phones.scan(code, scene.visit().field("person")), "phones.scanned");
    }

    private static SiteReply told(Scene scene, SimulatedPhones.Answer answer, String words) {
        return scene.notice(
                answer.done(), answer.done() ? scene.t(words) : scene.texts().get("phones.refused", answer.trouble()));
    }
}
