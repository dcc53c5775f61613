package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.SiteReply;
import io.greenfinch.gateway.http.Told;
import io.greenfinch.gateway.http.UploadedFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
     * @param file what it brings; without a link where it brings none
     * @param status how far it has come, in words; empty for one that came in
     */
    public record Message(
            String id,
            boolean outgoing,
            String sender,
            String text,
            String quoted,
            File file,
            String at,
            String status) {}

    /**
     * A file.
     *
     * @param link its path here; empty for none
     * @param picture whether it can be shown in the page
     */
    public record File(String link, String name, boolean picture) {

        private static final Set<String> PICTURES = Set.of("imageMessage", "stickerMessage");

        /** Of an item of a journal. Links lead to this server, whatever the world calls it. */
        static File of(JsonNode item) {
            String link = item.path("downloadUrl").asString("").replaceFirst("^https?://[^/]*", "");
            return new File(
                    link.startsWith("/") ? link : "",
                    item.path("fileName").asString(""),
                    PICTURES.contains(item.path("typeMessage").asString("")));
        }
    }

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
            JsonNode quoted = item.path("quotedMessage");
            messages.add(new Message(
                    item.path("idMessage").asString(""),
                    outgoing,
                    sender(item),
                    MessageLine.of(item),
                    MessageLine.of(quoted),
                    File.of(item),
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
        String chat = chatId(scene.visit().field("chatId").strip());
        String text = scene.visit().field("message");
        Told told = scene.visit()
                .file(Console.FILE)
                .map(file -> methods.call(scene, "sendFileByUpload", withFile(chat, text, file)))
                .orElseGet(() -> methods.call(
                        scene, "sendMessage", Json.object().put("chatId", chat).put("message", text)));
        return switch (told) {
            case Told.Body body ->
                scene.notice(
                        true,
                        scene.texts()
                                .get("send.done", body.json().path("idMessage").asString("")));
            case Told.Trouble trouble ->
                scene.notice(false, Methods.words(scene.texts(), trouble.message(), trouble.reason()));
        };
    }

    private static ObjectNode withFile(String chat, String text, UploadedFile file) {
        ObjectNode fields = Json.object().put("chatId", chat);
        fields.putPOJO("file", file);
        return text.isEmpty() ? fields : fields.put("caption", text);
    }

    /** People type numbers as they see them. */
    private static String chatId(String typed) {
        String digits = typed.replaceAll("[ +()-]", "");
        return digits.matches("[0-9]+") ? digits + "@c.us" : typed;
    }
}
