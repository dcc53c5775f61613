package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The chats of an account: what was written in them, and something more to write. */
record ChatPages(Methods methods) {

    private static final long LATEST = 50;

    /** A chat in the list. */
    public record Row(String id, String name, boolean group) {}

    /**
     * A message.
     *
     * @param status how far it has come, in words; empty for one that came in
     */
    public record Message(
            String id, boolean outgoing, String sender, String text, String quoted, String at, String status) {}

    void addTo(Router router) {
        router.get("instances/{id}/chats", this::list)
                .get("instances/{id}/chats/rows", this::rows)
                .post("instances/{id}/send", this::send)
                .get("instances/{id}/chats/{chat}", this::chat)
                .get("instances/{id}/chats/{chat}/messages", this::messages);
    }

    private SiteReply list(Scene scene) {
        return scene.show(
                "chats.jte",
                scene.page(scene.t("chats.title"), "chats"),
                Map.of("rows", found(scene), "search", scene.visit().field("q")));
    }

    private SiteReply rows(Scene scene) {
        return scene.show("chatrows.jte", scene.page("", "chats"), Map.of("rows", found(scene)));
    }

    private List<Row> found(Scene scene) {
        String search = scene.visit().field("q").strip().toLowerCase(Locale.ROOT);
        List<Row> rows = new ArrayList<>();
        for (JsonNode chat : methods.body(scene, "getChats", Json.object())) {
            Row row = new Row(
                    chat.path("id").asString(""),
                    chat.path("name").asString(""),
                    chat.path("type").asString("").equals("group"));
            if ((row.id() + " " + row.name()).toLowerCase(Locale.ROOT).contains(search)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private SiteReply chat(Scene scene) {
        String chat = scene.named("chat");
        return scene.show("chat.jte", scene.page(chat, "chats"), Map.of("chat", chat, "messages", latest(scene, chat)));
    }

    private SiteReply messages(Scene scene) {
        String chat = scene.named("chat");
        return scene.show(
                "messages.jte", scene.page("", "chats"), Map.of("chat", chat, "messages", latest(scene, chat)));
    }

    /** The latest last, as people read them. */
    private List<Message> latest(Scene scene, String chat) {
        List<Message> messages = new ArrayList<>();
        ObjectNode fields = Json.object().put("chatId", chat).put("count", LATEST);
        for (JsonNode item : methods.body(scene, "getChatHistory", fields)) {
            boolean outgoing = item.path("type").asString("").equals("outgoing");
            String text = item.path("textMessage").asString("");
            JsonNode quoted = item.path("quotedMessage");
            messages.add(new Message(
                    item.path("idMessage").asString(""),
                    outgoing,
                    sender(item),
                    text.isEmpty()
                            ? item.path("extendedTextMessage").path("text").asString("")
                            : text,
                    quoted.path("textMessage").asString(""),
                    scene.texts().time(item.path("timestamp").asLong(0)),
                    outgoing
                            ? scene.texts()
                                    .word("status", item.path("statusMessage").asString(""))
                            : ""));
        }
        Collections.reverse(messages);
        return messages;
    }

    private static String sender(JsonNode item) {
        String name = item.path("senderName").asString("");
        return name.isEmpty() ? item.path("senderId").asString("").replaceFirst("@.*", "") : name;
    }

    private SiteReply send(Scene scene) {
        ObjectNode fields = Json.object()
                .put("chatId", chatId(scene.visit().field("chatId").strip()))
                .put("message", scene.visit().field("message"));
        return switch (methods.call(scene, "sendMessage", fields)) {
            case Methods.Told.Body body ->
                scene.notice(
                        true,
                        scene.texts()
                                .get("send.done", body.json().path("idMessage").asString("")));
            case Methods.Told.Trouble trouble ->
                scene.notice(false, Methods.words(scene.texts(), trouble.message(), trouble.reason()));
        };
    }

    /** People type numbers as they see them. */
    private static String chatId(String typed) {
        String digits = typed.replaceAll("[ +()-]", "");
        return digits.matches("[0-9]+") ? digits + "@c.us" : typed;
    }
}
