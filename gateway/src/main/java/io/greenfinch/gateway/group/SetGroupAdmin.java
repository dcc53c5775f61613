package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.GroupUpdate.Action;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;

/** Makes a participant an administrator (green-api.md §9.7). */
public final class SetGroupAdmin implements ApiMethod.OfSession {

    private static final ParticipantChange CHANGE =
            new ParticipantChange(Action.PROMOTE, "setGroupAdmin", "already-an-admin");

    @Override
    public Descriptor descriptor() {
        return CHANGE.method("setGroupAdmin", ParticipantChange.OF_ADMINS);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return CHANGE.make(call, session);
    }
}
