package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.protocol.appstate.AccountAction.Contact;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;
import java.util.Optional;

/** What methods of the address book take, and have written there. */
final class ContactFields {

    private static final int LONGEST_NAME = 256;

    static final Field<Jid> CHAT = Field.required("chatId", ChatIds.PERSON_ID);
    static final Field<String> FIRST_NAME = Field.required("firstName", FieldType.VISIBLE_TEXT.notLonger(LONGEST_NAME));
    static final Field<Optional<String>> LAST_NAME = Field.optional("lastName", FieldType.TEXT.notLonger(LONGEST_NAME));
    static final Field<Optional<Boolean>> ON_PHONE = Field.optional("saveInAddressbook", FieldType.FLAG);

    /** Why somebody's names are not changed. */
    static final String NO_CONTACT = "no-contact";

    private ContactFields() {}

    /** The answer about somebody who is not in the address book. */
    static Reply unknown() {
        return Reply.error(404, "Contact not found").withReason(NO_CONTACT);
    }

    /** Has somebody in the address book by the names of a call; {@code otherName} is theirs, where it is known. */
    static Reply write(Call call, Session session, Jid person, Optional<Jid> otherName, String flag) {
        String first = call.get(FIRST_NAME).strip();
        String full = call.get(LAST_NAME)
                .map(String::strip)
                .filter(last -> !last.isEmpty())
                .map(last -> first + " " + last)
                .orElse(first);
        Contact contact =
                new Contact(person, full, first, otherName, call.get(ON_PHONE).orElse(true));
        return SharedActions.answer(
                session.appState().write(List.of(contact), call.deadline()), () -> Reply.flag(flag, true));
    }
}
