package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.http.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The groups of an account: found, looked at, left. */
record GroupPages(Methods methods) {

    private static final String ID = "[0-9-]{1,64}@g\\.us";

    /**
     * A group in the list.
     *
     * @param role of the account in it; empty where that is not known yet
     * @param size how many are in it
     */
    public record Row(String id, String name, String role, int size) {}

    /** Somebody in a group. */
    public record Member(String id, String role) {}

    /** A group as WhatsApp tells it. */
    public record Details(
            String id,
            String name,
            String description,
            String owner,
            String created,
            String link,
            List<Member> members) {}

    /** What came of leaving a group. */
    public record Result(String id, String name, boolean left, String words) {}

    void addTo(Router router) {
        router.get("instances/{id}/groups", this::list)
                .get("instances/{id}/groups/rows", this::rows)
                .post("instances/{id}/groups/leave", this::leave)
                .get("instances/{id}/groups/{group}", this::details);
    }

    private SiteReply list(Scene scene) {
        return scene.show(
                "groups.jte",
                scene.page(scene.t("groups.title"), "groups"),
                Map.of("rows", found(scene), "search", scene.visit().field("q")));
    }

    private SiteReply rows(Scene scene) {
        return scene.show("grouprows.jte", scene.page("", "groups"), Map.of("rows", found(scene)));
    }

    private List<Row> found(Scene scene) {
        String search = scene.visit().field("q").strip().toLowerCase(Locale.ROOT);
        return all(scene).stream()
                .filter(row ->
                        (row.id() + " " + row.name()).toLowerCase(Locale.ROOT).contains(search))
                .toList();
    }

    private List<Row> all(Scene scene) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode group : methods.body(scene, "getGroups", Json.object())) {
            String role = group.path("role").asString("");
            rows.add(new Row(
                    group.path("groupId").asString(""),
                    group.path("subject").asString(""),
                    role.isEmpty() ? "" : scene.texts().word("role", role),
                    group.path("size").asInt(0)));
        }
        return rows;
    }

    private SiteReply details(Scene scene) {
        String id = scene.named("group");
        Told told = methods.call(scene, "getGroupData", Json.object().put("groupId", id));
        if (told instanceof Told.Body body && body.json().isObject()) {
            Details details = details(scene, body.json());
            return scene.show("group.jte", scene.page(details.name(), "groups"), Map.of("group", details));
        }
        String words = told instanceof Told.Trouble trouble
                ? Methods.words(scene.texts(), trouble.message(), trouble.reason())
                : scene.t("group.unknown");
        return scene.show("notice-page.jte", scene.page(scene.t("groups.title"), "groups"), Map.of("text", words));
    }

    private static Details details(Scene scene, JsonNode group) {
        List<Member> members = new ArrayList<>();
        for (JsonNode member : group.path("participants")) {
            String role = member.path("isSuperAdmin").asBoolean(false)
                    ? "superadmin"
                    : member.path("isAdmin").asBoolean(false) ? "admin" : "member";
            members.add(new Member(member.path("id").asString(""), scene.texts().word("role", role)));
        }
        return new Details(
                group.path("groupId").asString(""),
                group.path("subject").asString(""),
                group.path("description").asString(""),
                group.path("owner").asString(""),
                scene.texts().time(group.path("creation").asLong(0)),
                group.path("groupInviteLink").asString(""),
                members);
    }

    private SiteReply leave(Scene scene) {
        List<String> ids = scene.visit().all("group").stream()
                .filter(id -> id.matches(ID))
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            return scene.notice(false, scene.t("groups.none"));
        }
        Map<String, String> names = new HashMap<>();
        all(scene).forEach(row -> names.put(row.id(), row.name()));
        ArrayNode asked = Json.array();
        ids.forEach(asked::add);
        ObjectNode fields = Json.object();
        fields.set("groupIds", asked);
        return switch (methods.call(scene, "leaveGroups", fields)) {
            case Told.Body body ->
                scene.show(
                        "left.jte",
                        scene.page("", "groups"),
                        Map.of("results", results(scene.texts(), body.json().path("results"), names)));
            case Told.Trouble trouble ->
                scene.notice(false, Methods.words(scene.texts(), trouble.message(), trouble.reason()));
        };
    }

    private static List<Result> results(Texts texts, JsonNode told, Map<String, String> names) {
        List<Result> results = new ArrayList<>();
        for (JsonNode each : told) {
            String id = each.path("groupId").asString("");
            boolean left = each.path("leaveGroup").asBoolean(false);
            Optional<String> reason =
                    each.has("reason") ? Optional.of(each.path("reason").asString("")) : Optional.empty();
            String words = left
                    ? texts.get(each.path("removeAdmin").asBoolean(false) ? "left.admin" : "left.member")
                    : reason.map(word -> texts.word("reason", word)).orElse("");
            results.add(new Result(id, names.getOrDefault(id, ""), left, words));
        }
        return results;
    }
}
