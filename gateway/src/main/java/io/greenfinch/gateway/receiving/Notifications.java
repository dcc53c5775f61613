package io.greenfinch.gateway.receiving;

import io.greenfinch.gateway.account.GetDeviceInfo;
import io.greenfinch.gateway.http.Shape;
import java.util.ArrayList;
import java.util.List;

/** What notifications look like (green-api.md §6): one shape for each kind. */
final class Notifications {

    private static final Shape STATE =
            Shape.words("notAuthorized", "authorized", "blocked", "suspended").named("NotedState");

    private static final Shape INSTANCE = Shape.object("idInstance", Shape.NUMBER)
            .and("wid", Shape.pattern("$|^[0-9]+@c\\.us"))
            .and("typeInstance", Shape.constant("whatsapp"))
            .named("InstanceData");

    private static final Shape STATE_INSTANCE_CHANGED = kind(Shape.constant("stateInstanceChanged"))
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and("stateInstance", STATE)
            .named("StateInstanceChanged");

    private static final Shape SENDER = Shape.object("chatId", Shape.FILLED)
            .and("chatName", Shape.TEXT)
            .and("sender", Shape.TEXT)
            .and("senderName", Shape.TEXT)
            .and("senderContactName", Shape.TEXT);

    private static final Shape TEXT = Shape.object("typeMessage", Shape.constant("textMessage"))
            .and("textMessageData", Shape.object("textMessage", Shape.TEXT));

    private static final Shape EXTENDED = Shape.object("typeMessage", Shape.constant("extendedTextMessage"))
            .and("extendedTextMessageData", MessageShapes.EXTENDED_TEXT);

    private static final Shape QUOTED = Shape.object("typeMessage", Shape.constant("quotedMessage"))
            .and(
                    "extendedTextMessageData",
                    Shape.object("text", Shape.TEXT)
                            .and("stanzaId", Shape.FILLED)
                            .and("participant", Shape.TEXT))
            .and("quotedMessage", MessageShapes.QUOTED);

    private static final Shape MESSAGE = kind(Shape.words(
                    "incomingMessageReceived", "outgoingMessageReceived", "outgoingAPIMessageReceived"))
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and("idMessage", Shape.FILLED)
            .and("senderData", SENDER)
            .and("messageData", messageData())
            .named("MessageNotification");

    private static final Shape OUTGOING_MESSAGE_STATUS = kind(Shape.constant("outgoingMessageStatus"))
            .and("chatId", Shape.FILLED)
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and("idMessage", Shape.FILLED)
            .and("status", Shape.words("sent", "delivered", "read", "failed", "noAccount", "notInGroup"))
            .and("sendByApi", Shape.FLAG)
            .maybe("description", Shape.FILLED)
            .named("OutgoingMessageStatus");

    private static final Shape INCOMING_CALL = kind(Shape.constant("incomingCall"))
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and("idMessage", Shape.FILLED)
            .and("from", Shape.FILLED)
            .and("status", Shape.words("offer", "pickUp", "hungUp", "declined"))
            .named("IncomingCall");

    private static final Shape CALL_STATUS = Shape.words("pickUp", "hungUp", "invalid");

    private static final Shape OUTGOING_CALL = kind(Shape.constant("outgoingCall"))
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and("idMessage", Shape.FILLED)
            .and("from", Shape.FILLED)
            .and("isVideo", Shape.FLAG)
            .and("duration", Shape.NUMBER)
            .and("status", CALL_STATUS)
            .and("participants", Shape.list(Shape.object("id", Shape.FILLED).and("status", CALL_STATUS)))
            .named("OutgoingCall");

    private static final Shape INCOMING_BLOCK = kind(Shape.constant("incomingBlock"))
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and("chatId", Shape.FILLED)
            .and("chatState", Shape.words("blocked", "unblocked"))
            .named("IncomingBlock");

    private static final Shape QUOTA_EXCEEDED = kind(Shape.constant("quotaExceeded"))
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and(
                    "quotaData",
                    Shape.object("method", Shape.FILLED)
                            .and("used", Shape.NUMBER)
                            .and("total", Shape.NUMBER)
                            .and("status", Shape.constant("QUOTA_EXCEEDED"))
                            .and("description", Shape.FILLED))
            .named("QuotaExceeded");

    private static final Shape AVATAR_INFO = kind(Shape.constant("avatarInfo"))
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and(
                    "avatarInfo",
                    Shape.object("chatId", Shape.FILLED)
                            .and("existsWhatsapp", Shape.FLAG)
                            .and("urlAvatar", Shape.TEXT)
                            .and("reason", Shape.TEXT))
            .named("AvatarInfo");

    private static final Shape DEVICE_INFO = kind(Shape.constant("deviceInfo"))
            .and("instanceData", INSTANCE)
            .and("timestamp", Shape.NUMBER)
            .and("deviceData", GetDeviceInfo.SHAPE)
            .named("DeviceInfo");

    /** Any of them. */
    static final Shape ANY = Shape.either(
                    STATE_INSTANCE_CHANGED,
                    MESSAGE,
                    OUTGOING_MESSAGE_STATUS,
                    INCOMING_CALL,
                    OUTGOING_CALL,
                    INCOMING_BLOCK,
                    QUOTA_EXCEEDED,
                    AVATAR_INFO,
                    DEVICE_INFO)
            .named("Notification");

    private Notifications() {}

    private static Shape messageData() {
        List<Shape> all = new ArrayList<>(List.of(TEXT, EXTENDED, QUOTED));
        all.addAll(MessageShapes.data());
        return Shape.either(all.toArray(Shape[]::new)).named("MessageData");
    }

    private static Shape kind(Shape typeWebhook) {
        return Shape.object("typeWebhook", typeWebhook);
    }
}
