package io.greenfinch.interop.methods;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Files: what stands in one is made of its caption, so that whoever gets it knows what must be in it. */
final class FileMethods implements Area {

    private static final int LOOK_BACK = 30;

    private static final List<Kind> KINDS = List.of(
            new Kind("a.jpg", "image/jpeg", "image", "imageMessage"),
            new Kind("a.mp4", "video/mp4", "video", "videoMessage"),
            new Kind("a.pdf", "application/pdf", "document", "documentMessage"));

    private final Caller caller;

    FileMethods(Caller caller) {
        this.caller = caller;
    }

    /** A kind of file, by the name that makes it one. */
    private record Kind(String fileName, String mimeType, String what, String type) {}

    @Override
    public Calls methods() {
        return new Calls()
                .with("uploadFile", random -> link(caller, Caller.any(KINDS, random).mimeType, "kept"))
                .with("sendFileByUpload", this::sendUpload)
                .with("sendFileByUrl", this::sendLink)
                .with("downloadFile", _ -> download());
    }

    /** Has a file kept that is made of a text; returns its link. */
    static String link(Caller caller, String mimeType, String text) {
        Told told = caller.judged("uploadFile", caller.gateway().postBytes("uploadFile", mimeType, bytes(text)));
        return told.done() ? told.json().get("urlFile").asString() : "";
    }

    static byte[] bytes(String text) {
        return (text + " ").repeat(100).getBytes(UTF_8);
    }

    private void sendUpload(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        Told told = caller.judged(
                "sendFileByUpload",
                caller.gateway()
                        .postFile(
                                "sendFileByUpload", "chatId", chat.chatId(), "application/pdf", bytes(chat.newText())));
        if (told.done()) {
            chat.took(new SentMessage(
                    told.json().get("idMessage").asString(), "sendFileByUpload", "[document]…", "documentMessage"));
        }
    }

    private void sendLink(RandomGenerator random) {
        Chat chat = caller.anyChat(random);
        Kind kind = Caller.any(KINDS, random);
        String caption = chat.newText();
        String link = link(caller, kind.mimeType, caption);
        Told told = caller.post(
                "sendFileByUrl",
                Map.of("chatId", chat.chatId(), "urlFile", link, "fileName", kind.fileName, "caption", caption));
        if (told.done()) {
            chat.took(new SentMessage(
                    told.json().get("idMessage").asString(),
                    "sendFileByUrl",
                    "[%s] %s".formatted(kind.what, caption),
                    kind.type));
        }
    }

    /** A file that the neighbour's instance has sent. */
    private void download() {
        String chat = caller.neighbour().phone() + "@c.us";
        Told history = caller.post("getChatHistory", Map.of("chatId", chat, "count", LOOK_BACK));
        history.json()
                .valueStream()
                .filter(item -> item.path("type").asString().equals("incoming")
                        && !item.path("downloadUrl").asString("").isEmpty()
                        && !item.path("caption").asString("").isEmpty()
                        && !item.path("isDeleted").asBoolean(false))
                .findFirst()
                .ifPresent(item -> download(chat, item));
    }

    private void download(String chat, JsonNode item) {
        Told told = caller.post(
                "downloadFile",
                Map.of("chatId", chat, "idMessage", item.get("idMessage").asString()));
        if (told.done()) {
            String link = told.json().get("downloadUrl").asString();
            caller.hold(link.equals(item.get("downloadUrl").asString()), "downloadFile", "another link");
            caller.hold(
                    Arrays.equals(
                            caller.gateway().fetch(link),
                            bytes(item.get("caption").asString())),
                    "downloadFile",
                    "another file");
        }
    }
}
