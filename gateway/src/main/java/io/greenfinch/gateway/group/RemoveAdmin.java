package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;

/** Makes an administrator an ordinary participant (green-api.md §9.8). */
public final class RemoveAdmin implements ApiMethod.OfSession {

    private static final ParticipantChange CHANGE =
            new ParticipantChange(Action.DEMOTE, "removeAdmin", "participant-is-no-admin");

    @Override
    public Descriptor descriptor() {
        return CHANGE.method("removeAdmin", ParticipantChange.OF_ADMINS);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return CHANGE.make(call, session);
    }
}
