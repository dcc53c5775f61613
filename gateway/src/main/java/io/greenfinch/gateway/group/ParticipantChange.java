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
import java.util.List;

/**
 * What the methods about participants of a group have in common, whether for one or for many. Their flag is true only when
 * WhatsApp confirmed the change for that very person.
 *
 * @param flag the field of the answer
 * @param unchanged the reason when it is so already
 * @param reasons the reasons that only this change has
 */
record ParticipantChange(Action action, String flag, String unchanged, String reasons) {

    private static final String RANK = "not-a-participant too-many-admins";

    static final ParticipantChange ADD = new ParticipantChange(
            Action.ADD,
            "addParticipant",
            "already-a-participant",
            "not-on-whatsapp blocked privacy left-recently group-full awaits-approval");

    static final ParticipantChange REMOVE =
            new ParticipantChange(Action.REMOVE, "removeParticipant", "not-a-participant", "");

    static final ParticipantChange PROMOTE =
            new ParticipantChange(Action.PROMOTE, "setGroupAdmin", "already-an-admin", RANK);

    static final ParticipantChange DEMOTE =
            new ParticipantChange(Action.DEMOTE, "removeAdmin", "participant-is-no-admin", RANK);

    private static final Field<Jid> PERSON = Field.required(ChatIds.PARTICIPANT, ChatIds.PERSON_ID);

    /** The method of this name for one person. */
    Descriptor method(String name) {
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

    /** The method of this name for many. */
    Descriptor methodForMany(String name) {
        return Descriptor.post(name, 1)
                .taking(ChatIds.GROUP, ChatIds.PEOPLE)
                .answering(results().shape());
    }

    Reply makeForMany(Call call, Session session) {
        List<Jid> people = call.get(ChatIds.PEOPLE);
        return results()
                .reply(people, session.groups().change(call.get(ChatIds.GROUP), action, people, call.deadline()));
    }

    private EachResult results() {
        return new EachResult(
                ChatIds.PARTICIPANT, ChatIds.PERSON_SHAPE, flag, unchanged, Reasons.CHANGE + " " + reasons);
    }
}
