package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;

/** The same change for up to a hundred people of a group, with one stanza. Extensions of Greenfinch. */
public final class ChangeParticipants implements ApiMethod.OfSession {

    private final String name;
    private final ParticipantChange change;

    private ChangeParticipants(String name, ParticipantChange change) {
        this.name = name;
        this.change = change;
    }

    /** {@code addGroupParticipants}. */
    public static ChangeParticipants adding() {
        return new ChangeParticipants("addGroupParticipants", ParticipantChange.ADD);
    }

    /** {@code removeGroupParticipants}. */
    public static ChangeParticipants removing() {
        return new ChangeParticipants("removeGroupParticipants", ParticipantChange.REMOVE);
    }

    /** {@code setGroupAdmins}. */
    public static ChangeParticipants promoting() {
        return new ChangeParticipants("setGroupAdmins", ParticipantChange.PROMOTE);
    }

    /** {@code removeAdmins}. */
    public static ChangeParticipants demoting() {
        return new ChangeParticipants("removeAdmins", ParticipantChange.DEMOTE);
    }

    @Override
    public Descriptor descriptor() {
        return change.methodForMany(name);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return change.makeForMany(call, session);
    }
}
