package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.contact.Registration;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.protocol.binary.Jid;

/** Puts somebody into the account's address book (green-api.md §12). */
public record AddContact(ContactTable contacts) implements ApiMethod.OfAccount {

    private static final String FLAG = "addContact";

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(FLAG, 10)
                .taking(ContactFields.CHAT, ContactFields.FIRST_NAME, ContactFields.LAST_NAME, ContactFields.ON_PHONE)
                .answering(Shape.object(FLAG, Shape.FLAG))
                .withReasons(502, SharedActions.REASONS);
    }

    @Override
    public Reply handle(Call call, Instance instance, Session session) {
        Jid asked = call.get(ContactFields.CHAT);
        if (isKnown(instance, asked)) {
            return known();
        }
        Outcome<Registration> told = asked.isLid()
                ? CheckWhatsapp.byLid(session, asked, call)
                : session.people().find(asked, false, call.deadline());
        return switch (told) {
            case Outcome.Done<Registration>(Registration found) ->
                found.registered()
                        ? add(call, instance, session, asked, found)
                        : Reply.error(400, "WhatsApp account does not exist");
            case Outcome.Refused<Registration>(Refusal reason, int code, var invitation) ->
                Reply.error(502, "Bad Gateway").withReason(Reasons.of(reason, code));
            case Outcome.Unknown<Registration>(Silence why) -> Reasons.noAnswer(why);
        };
    }

    private Reply add(Call call, Instance instance, Session session, Jid asked, Registration found) {
        if (found.lid().filter(lid -> isKnown(instance, lid)).isPresent()) {
            return known();
        }
        Jid person = asked.isLid() ? asked : found.pn().orElse(asked);
        return ContactFields.write(call, session, person, found.lid().filter(lid -> !lid.equals(person)), FLAG);
    }

    private boolean isKnown(Instance instance, Jid person) {
        return contacts.find(instance.id(), ChatNames.of(person)).isPresent();
    }

    private static Reply known() {
        return Reply.error(400, "Contact already exists");
    }
}
