package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;

/** Makes a participant an administrator (green-api.md §9.7). */
public final class SetGroupAdmin implements ApiMethod.OfSession {

    @Override
    public Descriptor descriptor() {
        return ParticipantChange.PROMOTE.method("setGroupAdmin");
    }

    @Override
    public Reply handle(Call call, Session session) {
        return ParticipantChange.PROMOTE.make(call, session);
    }
}
