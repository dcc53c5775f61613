package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.InviteCode;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.InviteLinks.InviteLink;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;

/** Tells the link by which others join a group: the one that it has, or another in its place. Extensions of Greenfinch. */
public final class TellInviteLink implements ApiMethod.OfSession {

    private static final String LINK = "groupInviteLink";

    private final String name;
    private final Source source;

    private TellInviteLink(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /** Where the link comes from. */
    @FunctionalInterface
    private interface Source {
        Outcome<InviteCode> ask(Session session, Jid group, Instant deadline);
    }

    /** {@code getGroupInviteLink}. */
    public static TellInviteLink current() {
        return new TellInviteLink(
                "getGroupInviteLink",
                (session, group, deadline) -> session.groups().inviteLink(group, deadline));
    }

    /** {@code resetGroupInviteLink}, which makes the link that the group had void. */
    public static TellInviteLink renewed() {
        return new TellInviteLink(
                "resetGroupInviteLink",
                (session, group, deadline) -> session.groups().resetInviteLink(group, deadline));
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(name, 10)
                .taking(ChatIds.GROUP)
                .answering(Shape.object(LINK, InviteLink.SHAPE))
                .withReasons(Reasons.OF_ADMINS);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return switch (source.ask(session, call.get(ChatIds.GROUP), call.deadline())) {
            case Outcome.Done<InviteCode>(InviteCode code) ->
                Reply.ok(Json.object().put(LINK, InviteLinks.url(code)));
            case Outcome.Refused<InviteCode>(Refusal reason, int code, var invitation) ->
                Reply.ok(Json.object().put(LINK, ""))
                        .withReason(Reasons.of(reason, code))
                        .succeeding(false);
            case Outcome.Unknown<InviteCode>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
