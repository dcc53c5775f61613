package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.EventStream;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.notification.EventLog;
import io.greenfinch.gateway.notification.EventLog.Awaited;
import io.greenfinch.gateway.store.EventLogTable.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What happens in an instance, as it happens. */
record EventPages(EventLog log, Visitors visitors) {

    private static final int LATEST = 50;
    private static final int MOST_SHOWN = 120;
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /**
     * An event.
     *
     * @param kind what it is, in words
     * @param summary what stands out
     */
    public record Row(String at, String kind, String summary, String json) {}

    void addTo(Router router) {
        router.get("instances/{id}/events", this::list).get("instances/{id}/stream", this::stream);
    }

    private SiteReply list(Scene scene) {
        long id = scene.instance().id();
        long end = log.end(id); // before they are read: what comes meanwhile comes by the stream
        List<Entry> latest = log.latest(id, LATEST);
        long from = latest.isEmpty() ? end : latest.getFirst().position();
        List<Row> rows = latest.stream().map(entry -> row(scene.texts(), entry)).toList();
        return scene.show(
                "events.jte",
                scene.page(scene.t("events.title"), "events"),
                Map.of("rows", rows, "from", Long.toString(from)));
    }

    /** The same as a stream; begins where the page that asks for it ends. */
    private SiteReply stream(Scene scene) {
        long id = scene.instance().id();
        String from = scene.visit().field("from");
        return new SiteReply.Events(id, stream -> {
            String last = stream.lastId().orElse(from);
            follow(scene, stream, last.matches("[0-9]{1,18}") ? Long.parseLong(last) : log.end(id));
        });
    }

    private void follow(Scene scene, EventStream stream, long from) {
        try (EventLog.Tail tail = log.follow(scene.instance().id(), from)) {
            while (visitors.allowed(scene.visitor()) && scene.visitor().sees(scene.instance())) {
                boolean heard = switch (tail.await(SILENCE)) {
                    case Awaited.Over over -> false;
                    case Awaited.Nothing nothing -> stream.ping();
                    case Awaited.Found found ->
                        found.entries().stream()
                                .allMatch(entry ->
                                        stream.send(Long.toString(entry.position()), "row", html(scene, entry)));
                };
                if (!heard) {
                    return;
                }
            }
        }
    }

    private static String html(Scene scene, Entry entry) {
        Page page = scene.page("", "events");
        return scene.stage()
                .render("event.jte", Map.of("page", page, "row", row(scene.texts(), entry)))
                .replaceAll("[\r\n]+", " ");
    }

    private static Row row(Texts texts, Entry entry) {
        String json = new String(entry.body(), StandardCharsets.UTF_8);
        JsonNode body = Json.parse(json);
        String type =
                entry.kind().equals("notification") ? body.path("typeWebhook").asString("") : entry.kind();
        return new Row(texts.time(entry.at()), texts.word("event", type), summary(body), json);
    }

    /** Whatever of these an event has. */
    private static String summary(JsonNode body) {
        if (body.has("messageData")) {
            return shortened(MessageLine.of(body.path("messageData")));
        }
        for (String pointer : List.of("/status", "/stateInstance", "/cause", "/action", "/groupId", "/chatId")) {
            String found = body.at(pointer).asString("");
            if (!found.isEmpty()) {
                return shortened(found);
            }
        }
        return "";
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MOST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    }
}
