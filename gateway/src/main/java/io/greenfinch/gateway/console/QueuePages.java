package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.http.Told;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.store.OutboxTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What waits: messages to be sent, and notifications to be taken. */
record QueuePages(Methods methods, Outbox outbox) {

    /** A message that waits. */
    public record Item(String id, String type, String chat, String text) {}

    void addTo(Router router) {
        router.get(
                        "instances/{id}/queue",
                        scene -> scene.show("queue.jte", scene.page(scene.t("queue.title"), "queue"), waiting(scene)))
                .get(
                        "instances/{id}/queue/now",
                        scene -> scene.show("waiting.jte", scene.page("", "queue"), waiting(scene)))
                .post("instances/{id}/queue/clear", this::clear);
    }

    private Map<String, Object> waiting(Scene scene) {
        List<Item> items = new ArrayList<>();
        for (JsonNode each : methods.body(scene, "showMessagesQueue", Json.object())) {
            items.add(new Item(
                    each.path("messageID").asString(""),
                    each.path("type").asString(""),
                    each.path("body").path("chatId").asString(""),
                    each.path("body").path("message").asString("")));
        }
        Optional<OutboxTable.Trouble> trouble = outbox.trouble(scene.instance().id());
        Map<String, Object> shown = new HashMap<>();
        shown.put("items", items);
        shown.put("webhook", scene.instance().settings().text("webhookUrl"));
        shown.put("backlog", outbox.count(scene.instance().id()));
        shown.put("error", trouble.map(OutboxTable.Trouble::error).orElse(""));
        shown.put("attempts", trouble.map(OutboxTable.Trouble::attempts).orElse(0));
        shown.put("next", trouble.map(known -> scene.texts().time(known.next())).orElse(""));
        return shown;
    }

    private SiteReply clear(Scene scene) {
        return switch (methods.call(scene, "clearMessagesQueue")) {
            case Told.Body body -> scene.notice(true, scene.t("queue.cleared"));
            case Told.Trouble trouble -> scene.notice(false, trouble.message());
        };
    }
}
