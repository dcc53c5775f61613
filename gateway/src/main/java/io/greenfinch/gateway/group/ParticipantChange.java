package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;

/**
 * What the methods for one participant of a group have in common. Their flag is true only when WhatsApp confirmed the change
 * for that very person.
 *
 * @param flag the field of the answer
 * @param unchanged the reason when it is so already
 */
record ParticipantChange(Action action, String flag, String unchanged) {

    /** Reasons that concern administrators. */
    static final String OF_ADMINS = "not-a-participant too-many-admins";

    private static final Field<Jid> PERSON = Field.required("participantChatId", ChatIds.PERSON_ID);

    /** The method of this name, with the reasons that only it has. */
    Descriptor method(String name, String reasons) {
        return Descriptor.post(name, 10)
                .taking(ChatIds.GROUP, PERSON)
                .answering(Shape.object(flag, Shape.FLAG))
                .withReasons(String.join(" ", Reasons.CHANGE, unchanged, reasons, Descriptor.REFUSED));
    }

    Reply make(Call call, Session session) {
        GroupChange change = new GroupChange.Member(action, call.get(PERSON));
        Outcome<GroupChange> outcome = session.groups().change(call.get(ChatIds.GROUP), change, call.deadline());
        return Reasons.changed(outcome, flag, unchanged, false);
    }
}
