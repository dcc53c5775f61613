package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.ContactTable.Contact;
import java.util.Optional;

/** Gives somebody in the account's address book other names (green-api.md §12). */
public record EditContact(ContactTable contacts) implements ApiMethod.OfAccount {

    private static final String FLAG = "editContact";

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(ContactFields.CHAT, ContactFields.FIRST_NAME, ContactFields.LAST_NAME, ContactFields.ON_PHONE)
                .answering(Shape.object(FLAG, Shape.FLAG))
                .withReasons(404, ContactFields.NO_CONTACT)
                .withReasons(502, SharedActions.REASONS);
    }

    @Override
    public Reply handle(Call call, Instance instance, Session session) {
        Optional<Contact> known = contacts.find(instance.id(), ChatNames.of(call.get(ContactFields.CHAT)));
        if (known.isEmpty()) {
            return ContactFields.unknown();
        }
        return ContactFields.write(
                call,
                session,
                ChatNames.jid(known.get().person()),
                known.get().otherName().map(ChatNames::jid),
                FLAG);
    }
}
