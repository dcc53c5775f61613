package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;

/** Takes a person out of a group (green-api.md §9.6). */
public final class RemoveGroupParticipant implements ApiMethod.OfSession {

    @Override
    public Descriptor descriptor() {
        return ParticipantChange.REMOVE.method("removeGroupParticipant");
    }

    @Override
    public Reply handle(Call call, Session session) {
        return ParticipantChange.REMOVE.make(call, session);
    }
}
