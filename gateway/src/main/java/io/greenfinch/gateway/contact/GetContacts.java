package io.greenfinch.gateway.contact;

import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.ActiveChats;
import io.greenfinch.gateway.store.ChatNameTable;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/**
 * Lists the groups that the account is in, and the people with whom something was written (green-api.md §11.3); for one who needs a
 * group's id this is where it is told.
 */
public record GetContacts(ActiveChats active, ChatNameTable names) implements ApiMethod.OfInstance {

    private static final Field<Optional<Boolean>> GROUP = Field.optional("group", FieldType.FLAG);

    private static final Shape CONTACT = Shape.object("id", Shape.either(ChatIds.PERSON_SHAPE, ChatIds.GROUP_SHAPE))
            .and("name", Shape.TEXT)
            .and("contactName", Shape.TEXT)
            .and("type", Shape.words("user", "group"))
            .named("Contact");

    @Override
    public Descriptor descriptor() {
        return Descriptor.get("getContacts", 1)
                .with(Trait.SAFE)
                .taking(GROUP, ChatList.COUNT)
                .answering(Shape.list(CONTACT, 0, ChatList.MOST));
    }

    @Override
    public Reply handle(Call call, Instance instance) {
        Optional<Boolean> groups = call.get(GROUP);
        long most = call.get(ChatList.COUNT).orElse((long) ChatList.MOST);
        ArrayNode contacts = Json.array();
        new ChatList(active, names)
                .of(instance, Optional.empty()).stream()
                        .filter(chat -> groups.isEmpty() || groups.get() == chat.isGroup())
                        // A group that was left is no contact any more, whatever was written there.
                        .filter(chat -> !chat.isGroup() || chat.group().isPresent())
                        .limit(most)
                        .forEach(chat -> contacts.add(Json.object()
                                .put("id", chat.id())
                                .put("name", chat.name())
                                .put("contactName", "")
                                .put("type", chat.isGroup() ? "group" : "user")));
        return Reply.ok(contacts);
    }
}
