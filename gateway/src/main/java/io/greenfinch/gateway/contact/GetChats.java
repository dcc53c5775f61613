package io.greenfinch.gateway.contact;

import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import tools.jackson.databind.node.ArrayNode;

/** Lists the chats, the one with the latest message first (green-api.md §11.5). */
public record GetChats(ChatList list) implements ApiMethod.OfInstance {

    private static final Shape CHAT = Shape.object("archive", Shape.FLAG)
            .and("id", Shape.either(ChatIds.PERSON_SHAPE, ChatIds.GROUP_SHAPE))
            .and("name", Shape.TEXT)
            .and("type", Shape.words("user", "group"))
            .and("ephemeralExpiration", Shape.NUMBER)
            .and("ephemeralSettingTimestamp", Shape.NUMBER)
            .named("Chat");

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getChats", 1)
                .with(Trait.SAFE)
                .taking(ChatList.COUNT)
                .answering(Shape.list(CHAT, 0, ChatList.MOST));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        ArrayNode chats = Json.array();
        for (ChatList.Chat chat : list.of(instance, call.get(ChatList.COUNT))) {
            long since =
                    chat.timer().map(timer -> timer.since().getEpochSecond()).orElse(0L);
            chats.add(Json.object()
                    .put("archive", chat.archived())
                    .put("id", chat.id())
                    .put("name", chat.name().isEmpty() ? chat.contactName() : chat.name())
                    .put("type", chat.isGroup() ? "group" : "user")
                    .put("ephemeralExpiration", chat.ephemeralSeconds())
                    .put("ephemeralSettingTimestamp", since));
        }
        return Reply.ok(chats);
    }
}
