package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;

/** Makes an administrator an ordinary participant (green-api.md §9.8). */
public final class RemoveAdmin implements ApiMethod.OfSession {

    @Override
    public Descriptor descriptor() {
        return ParticipantChange.DEMOTE.method("removeAdmin");
    }

    @Override
    public Reply handle(Call call, Session session) {
        return ParticipantChange.DEMOTE.make(call, session);
    }
}
