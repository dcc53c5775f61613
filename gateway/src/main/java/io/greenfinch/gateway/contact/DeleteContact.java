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
import io.greenfinch.protocol.appstate.AccountAction.ContactRemoval;
import java.util.List;
import java.util.Optional;

/** Takes somebody out of the account's address book (green-api.md §12). */
public record DeleteContact(ContactTable contacts) implements ApiMethod.OfAccount {

    private static final String FLAG = "deleteContact";

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(ContactFields.CHAT)
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
        ContactRemoval removal = new ContactRemoval(ChatNames.jid(known.get().person()));
        return SharedActions.answer(
                session.appState().write(List.of(removal), call.deadline()), () -> Reply.flag(FLAG, true));
    }
}
