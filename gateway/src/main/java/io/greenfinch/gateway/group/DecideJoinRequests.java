package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Groups;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;

/** Lets people in who asked for it, or turns them away. Extensions of Greenfinch. */
public final class DecideJoinRequests implements ApiMethod.OfSession {

    private final String name;
    private final EachResult results;
    private final Work work;

    private DecideJoinRequests(String name, String flag, Work work) {
        this.name = name;
        this.work = work;
        this.results = new EachResult(
                ChatIds.PARTICIPANT,
                ChatIds.PERSON_SHAPE,
                flag,
                "nothing-pending",
                Reasons.OF_ADMINS + " already-a-member group-full");
    }

    /** What is done about them. */
    @FunctionalInterface
    private interface Work {
        List<Outcome<Jid>> on(Groups groups, Jid group, List<Jid> people, Instant deadline);
    }

    /** {@code approveGroupJoinRequests}. */
    public static DecideJoinRequests approving() {
        return new DecideJoinRequests("approveGroupJoinRequests", "approveJoinRequest", Groups::approve);
    }

    /** {@code rejectGroupJoinRequests}. */
    public static DecideJoinRequests rejecting() {
        return new DecideJoinRequests("rejectGroupJoinRequests", "rejectJoinRequest", Groups::reject);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(name, 1).taking(ChatIds.GROUP, ChatIds.PEOPLE).answering(results.shape());
    }

    @Override
    public Reply handle(Call call, Session session) {
        List<Jid> people = call.get(ChatIds.PEOPLE);
        return results.reply(people, work.on(session.groups(), call.get(ChatIds.GROUP), people, call.deadline()));
    }
}
