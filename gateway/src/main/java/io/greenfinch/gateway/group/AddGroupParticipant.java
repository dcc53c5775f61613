package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;

/** Adds a person to a group (green-api.md §9.5). */
public final class AddGroupParticipant implements ApiMethod.OfSession {

    private static final ParticipantChange CHANGE =
            new ParticipantChange(Action.ADD, "addParticipant", "already-a-participant");

    @Override
    public Descriptor descriptor() {
        return CHANGE.method(
                "addGroupParticipant", "not-on-whatsapp blocked privacy left-recently group-full awaits-approval");
    }

    @Override
    public Reply handle(Call call, Session session) {
        return CHANGE.make(call, session);
    }
}
