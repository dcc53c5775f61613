package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;

/** Adds a person to a group (green-api.md §9.5). */
public final class AddGroupParticipant implements ApiMethod.OfSession {

    @Override
    public Descriptor descriptor() {
        return ParticipantChange.ADD.method("addGroupParticipant");
    }

    @Override
    public Reply handle(Call call, Session session) {
        return ParticipantChange.ADD.make(call, session);
    }
}
