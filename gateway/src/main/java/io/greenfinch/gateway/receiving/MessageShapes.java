package io.greenfinch.gateway.receiving;

import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the kinds of messages look like in notifications and in journals (green-api.md §6.7, §6.8, §7.1). */
public final class MessageShapes {

    private static final Shape DECIMAL = Shape.ANY.with("type", Json.of("number"));

    private static final Shape PLACE = Shape.object("nameLocation", Shape.TEXT)
            .and("address", Shape.TEXT)
            .and("latitude", DECIMAL)
            .and("longitude", DECIMAL)
            .and("jpegThumbnail", Shape.TEXT);

    private static final Shape CARD = Shape.object("displayName", Shape.TEXT).and("vcard", Shape.TEXT);

    private static final Shape FILE = Shape.object("downloadUrl", Shape.TEXT)
            .and("caption", Shape.TEXT)
            .and("fileName", Shape.TEXT)
            .and("jpegThumbnail", Shape.TEXT)
            .and("mimeType", Shape.TEXT)
            .maybe("isAnimated", Shape.FLAG);

    private static final Shape POLL = Shape.object("name", Shape.TEXT)
            .maybe("options", Shape.list(Shape.object("optionName", Shape.TEXT)))
            .maybe("stanzaId", Shape.TEXT)
            .maybe(
                    "votes",
                    Shape.list(Shape.object("optionName", Shape.TEXT).and("optionVoters", Shape.list(Shape.TEXT))))
            .and("multipleAnswers", Shape.FLAG);

    /** A text with more to it. */
    public static final Shape EXTENDED_TEXT = Shape.object("text", Shape.TEXT)
            .and("description", Shape.TEXT)
            .and("title", Shape.TEXT)
            .and("previewType", Shape.TEXT)
            .and("jpegThumbnail", Shape.TEXT)
            .and("forwardingScore", Shape.NUMBER)
            .and("isForwarded", Shape.FLAG)
            .maybe("containsAutoReply", Shape.FLAG)
            .maybe("mediaType", Shape.words("NONE", "IMAGE", "VIDEO"))
            .maybe("showAdAttribution", Shape.FLAG)
            .maybe("sourceId", Shape.TEXT)
            .maybe("sourceType", Shape.TEXT)
            .maybe("sourceUrl", Shape.TEXT)
            .maybe("thumbnailUrl", Shape.TEXT);

    private static final Shape QUOTED_LINK = Shape.object("description", Shape.TEXT)
            .and("title", Shape.TEXT)
            .and("previewType", Shape.TEXT)
            .and("jpegThumbnail", Shape.TEXT);

    /** By the key that a notification has them under; their own members as documented. */
    private static final Map<String, Shape> BUTTONS = buttons();

    private static final Shape REACTION = Shape.object("text", Shape.TEXT);
    private static final Shape EDITED = Shape.object("stanzaId", Shape.TEXT)
            .maybe("textMessage", Shape.TEXT)
            .maybe("caption", Shape.TEXT);
    private static final Shape DELETED = Shape.object("stanzaId", Shape.TEXT);
    private static final Shape INVITATION = Shape.object("groupJid", Shape.TEXT)
            .and("inviteCode", Shape.TEXT)
            .and("inviteExpiration", Shape.TEXT)
            .and("groupName", Shape.TEXT)
            .and("caption", Shape.TEXT)
            .and("name", Shape.TEXT)
            .and("jpegThumbnail", Shape.TEXT);

    /** A message that another one answers, or reacts to. */
    public static final Shape QUOTED = flat(Shape.object("stanzaId", Shape.TEXT).and("participant", Shape.TEXT))
            .maybe("typeMessage", Shape.TEXT)
            .maybe("extendedTextMessage", QUOTED_LINK)
            .named("QuotedMessage");

    private MessageShapes() {}

    private static Map<String, Shape> buttons() {
        Shape open = Shape.ANY.with("type", Json.of("object"));
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String key : List.of(
                "buttonsMessage",
                "listMessage",
                "templateMessage",
                "interactiveButtons",
                "interactiveButtonsReply",
                "buttonsResponseMessage",
                "templateButtonReplyMessage",
                "listResponseMessage",
                "interactiveButtonsResponse")) {
            shapes.put(key, open);
        }
        return shapes;
    }

    private static Shape forwarded(Shape shape) {
        return shape.and("forwardingScore", Shape.NUMBER).and("isForwarded", Shape.FLAG);
    }

    /** With what journals and quotes have among the members of a message. */
    public static Shape flat(Shape message) {
        Shape with = message.maybe("textMessage", Shape.TEXT)
                .maybe("extendedTextMessage", EXTENDED_TEXT)
                .maybe("downloadUrl", Shape.TEXT)
                .maybe("caption", Shape.TEXT)
                .maybe("fileName", Shape.TEXT)
                .maybe("jpegThumbnail", Shape.TEXT)
                .maybe("mimeType", Shape.TEXT)
                .maybe("isAnimated", Shape.FLAG)
                .maybe("location", PLACE)
                .maybe("contact", CARD)
                .maybe("contacts", Shape.list(CARD))
                .maybe("pollMessageData", POLL)
                .maybe("extendedTextMessageData", REACTION)
                .maybe("editedMessageData", EDITED)
                .maybe("deletedMessageData", DELETED)
                .maybe("groupInviteMessageData", INVITATION);
        for (Map.Entry<String, Shape> each : BUTTONS.entrySet()) {
            with = with.maybe(each.getKey(), each.getValue());
        }
        return with;
    }

    /** The {@code messageData} of a notification, of any kind but texts. */
    static List<Shape> data() {
        List<Shape> all = new ArrayList<>();
        all.add(kind("locationMessageData", forwarded(PLACE), "locationMessage"));
        all.add(kind("contactMessageData", forwarded(CARD), "contactMessage"));
        all.add(kind("messageData", forwarded(Shape.object("contacts", Shape.list(CARD))), "contactsArrayMessage"));
        all.add(kind(
                "fileMessageData",
                forwarded(FILE),
                "imageMessage",
                "videoMessage",
                "documentMessage",
                "audioMessage",
                "stickerMessage"));
        all.add(kind("extendedTextMessageData", REACTION, "reactionMessage"));
        all.add(kind("pollMessageData", POLL, "pollMessage", "pollUpdateMessage"));
        all.add(kind("editedMessageData", EDITED, "editedMessage"));
        all.add(kind("deletedMessageData", DELETED, "deletedMessage"));
        all.add(kind("groupInviteMessageData", INVITATION, "groupInviteMessage"));
        BUTTONS.forEach((key, shape) -> all.add(
                kind(key, shape, key.equals("templateButtonReplyMessage") ? "templateButtonsReplyMessage" : key)));
        return all;
    }

    private static Shape kind(String key, Shape data, String... types) {
        return Shape.object("typeMessage", Shape.words(types)).and(key, data).maybe("quotedMessage", QUOTED);
    }
}
