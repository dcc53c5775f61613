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
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.ContactTable.Contact;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists the groups that the account is in, the people with whom something was written, and those in its address book (green-api.md
 * §11.3); for one who needs a group's id this is where it is told.
 */
public record GetContacts(ChatList list, ContactTable contacts) implements ApiMethod.OfInstance {

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
        int most = ChatList.most(call.get(ChatList.COUNT));
        ArrayNode told = Json.array();
        Set<String> seen = new HashSet<>();
        list.of(instance, Optional.empty()).stream()
                .filter(chat -> groups.isEmpty() || groups.get() == chat.isGroup())
                // A group that was left is no contact any more, whatever was written there.
                .filter(chat -> !chat.isGroup() || chat.group().isPresent())
                .limit(most)
                .forEach(chat -> {
                    seen.add(chat.id());
                    told.add(contact(chat.id(), chat.name(), chat.contactName(), chat.isGroup()));
                });
        if (!groups.orElse(false)) {
            for (Contact contact : contacts.all(instance.id(), ChatList.MOST)) {
                boolean known = seen.contains(contact.person())
                        || contact.otherName().filter(seen::contains).isPresent();
                if (!known && told.size() < most) {
                    told.add(contact(name(contact), "", contact.fullName(), false));
                }
            }
        }
        return Reply.ok(told);
    }

    /** The number, where it is known. */
    private static String name(Contact contact) {
        return contact.otherName()
                .filter(_ -> contact.person().endsWith("@lid"))
                .orElse(contact.person());
    }

    private static ObjectNode contact(String id, String name, String contactName, boolean group) {
        return Json.object()
                .put("id", id)
                .put("name", name)
                .put("contactName", contactName)
                .put("type", group ? "group" : "user");
    }
}
