package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import java.util.List;
import java.util.Optional;

/** Tells the messages that wait to be sent, the first ones of them (green-api.md §8). */
public record ShowMessagesQueue(Sending sending) implements ApiMethod.OfInstance {

    private static final int MOST = 500;

    private static final ObjectShape<Item> SHOWN = ObjectShape.of(Item.class)
            .maybe("messageID", Shape.TEXT, item -> id(item, false))
            .maybe(
                    "messagesIDs",
                    Shape.list(Shape.TEXT, 1, 1),
                    item -> id(item, true).map(List::of))
            .with(
                    "type",
                    Shape.words(
                            "sendMessage",
                            "sendPoll",
                            "sendFileByUrl",
                            "sendLocation",
                            "sendContact",
                            "sendLink",
                            ForwardMessages.TYPE,
                            "sendInteractiveButtons",
                            "sendInteractiveButtonsReply",
                            "editMessage",
                            "deleteMessage",
                            "sendTextStatus",
                            "sendVoiceStatus",
                            "sendMediaStatus",
                            "deleteStatus"),
                    Item::type)
            .with(
                    "body",
                    Shape.ANY.with("type", Json.of("object")),
                    item -> QueuedMessage.of(item).map(QueuedMessage::request).orElseGet(Json::object));

    /** Forwarded messages have another key, though each is an item of its own. */
    private static Optional<String> id(Item item, boolean forwarded) {
        return Optional.of(item.id()).filter(_ -> item.type().equals(ForwardMessages.TYPE) == forwarded);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("showMessagesQueue", 1).with(Trait.SAFE).answering(Shape.list(SHOWN.shape(), 0, MOST));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        return Reply.ok(SHOWN.all(sending.queue().first(instance.id(), MOST)));
    }
}
