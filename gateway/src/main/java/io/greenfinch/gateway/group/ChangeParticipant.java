package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.List;

/**
 * Adds or removes a participant of a group, makes one an admin or takes that back (green-api.md §9.5 to §9.8). The flag is
 * true only when WhatsApp confirmed it for that very person.
 *
 * @param flag the field of the answer
 * @param unchanged the reason when it is so already
 * @param reasons others that only this change has
 */
public record ChangeParticipant(Action action, String name, String flag, String unchanged, String reasons)
        implements ApiMethod.OfSession {

    private static final Field<Jid> PERSON = Field.required("participantChatId", ChatIds.PERSON_ID);

    private static final String OF_ADMINS = "not-a-participant too-many-admins";
    private static final String OF_ADDING = "not-on-whatsapp blocked privacy left-recently group-full awaits-approval";

    /** The four methods. */
    public static List<ApiMethod> all() {
        return List.of(
                new ChangeParticipant(
                        Action.ADD, "addGroupParticipant", "addParticipant", "already-a-participant", OF_ADDING),
                new ChangeParticipant(
                        Action.REMOVE, "removeGroupParticipant", "removeParticipant", "not-a-participant", ""),
                new ChangeParticipant(Action.PROMOTE, "setGroupAdmin", "setGroupAdmin", "already-an-admin", OF_ADMINS),
                new ChangeParticipant(
                        Action.DEMOTE, "removeAdmin", "removeAdmin", "participant-is-no-admin", OF_ADMINS));
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(name, 10)
                .taking(ChatIds.GROUP, PERSON)
                .answering(Shape.object(flag, Shape.FLAG))
                .withReasons(String.join(" ", Reasons.CHANGE, unchanged, reasons, Descriptor.REFUSED));
    }

    @Override
    public Reply handle(Call call, Session session) {
        GroupChange change = new GroupChange.Member(action, call.get(PERSON));
        Outcome<GroupChange> outcome = session.groups().change(call.get(ChatIds.GROUP), change, call.deadline());
        return Reasons.changed(outcome, flag, unchanged, false);
    }
}
