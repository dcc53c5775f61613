package io.greenfinch.gateway.history;

import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.notification.OutgoingCall;
import io.greenfinch.gateway.store.CallTable.Entry;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is told of a phone call (green-api.md §7.5). */
final class CallItem {

    /** One that came in. */
    static final Shape INCOMING = common("incoming", "incomingCall")
            .and("status", Shape.words("pickUp", "hungUp", "declined"))
            .named("IncomingCallItem");

    /** One of the account's own. */
    static final Shape OUTGOING = common("outgoing", "outgoingCall")
            .and("status", Shape.words("pickUp", "hungUp", "invalid"))
            .and("duration", Shape.NUMBER)
            .and(
                    "participants",
                    Shape.list(Shape.object("id", ChatIds.MEMBER_SHAPE)
                            .and("status", Shape.words("pickUp", "hungUp", "invalid"))))
            .named("OutgoingCallItem");

    private CallItem() {}

    private static Shape common(String type, String typeMessage) {
        return Shape.object("type", Shape.constant(type))
                .and("idMessage", Shape.FILLED)
                .and("timestamp", Shape.NUMBER)
                .and("typeMessage", Shape.constant(typeMessage))
                .and("chatId", ChatIds.MEMBER_SHAPE)
                .and("isVideo", Shape.FLAG)
                .and("isGroup", Shape.FLAG);
    }

    static Reply told(List<Entry> entries) {
        return Reply.ok(Json.array().addAll(entries.stream().map(CallItem::item).toList()));
    }

    private static ObjectNode item(Entry entry) {
        ObjectNode item = Json.object()
                .put("type", entry.outgoing() ? "outgoing" : "incoming")
                .put("idMessage", entry.id())
                .put("timestamp", entry.at().getEpochSecond())
                .put("typeMessage", entry.outgoing() ? "outgoingCall" : "incomingCall")
                .put("chatId", entry.chat())
                .put("isVideo", entry.video())
                .put("isGroup", entry.group())
                .put("status", entry.status());
        if (entry.outgoing()) {
            item.put("duration", entry.talked().toSeconds());
            item.set("participants", OutgoingCall.participants(entry.chat(), entry.group(), entry.status()));
        }
        return item;
    }
}
