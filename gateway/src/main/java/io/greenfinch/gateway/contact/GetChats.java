package io.greenfinch.gateway.contact;

import io.greenfinch.client.group.Group;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.ActiveChats;
import io.greenfinch.gateway.store.ChatNameTable;
import tools.jackson.databind.node.ArrayNode;

/** Lists the chats, the one with the latest message first (green-api.md §11.5). */
public record GetChats(ActiveChats active, ChatNameTable names) implements ApiMethod.OfInstance {

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
        for (ChatList.Chat chat : new ChatList(active, names).of(instance, call.get(ChatList.COUNT))) {
            int expiration = chat.group()
                    .map(Group::settings)
                    .map(Group.Settings::ephemeralSeconds)
                    .orElse(0);
            chats.add(Json.object()
                    .put("archive", false)
                    .put("id", chat.id())
                    .put("name", chat.name())
                    .put("type", chat.isGroup() ? "group" : "user")
                    .put("ephemeralExpiration", expiration)
                    .put("ephemeralSettingTimestamp", 0));
        }
        return Reply.ok(chats);
    }
}
