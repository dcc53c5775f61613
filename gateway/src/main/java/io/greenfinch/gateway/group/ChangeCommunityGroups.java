package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Communities;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.List;

/** Puts groups into a community, or takes them out, with one stanza. Extensions of Greenfinch. */
public final class ChangeCommunityGroups implements ApiMethod.OfSession {

    private final String name;
    private final EachResult results;
    private final Work work;

    private ChangeCommunityGroups(String name, EachResult results, Work work) {
        this.name = name;
        this.results = results;
        this.work = work;
    }

    /** What is done with them. */
    @FunctionalInterface
    private interface Work {
        List<Outcome<Jid>> on(Communities communities, Jid community, List<Jid> groups, Instant deadline);
    }

    /** {@code linkCommunityGroups}. */
    public static ChangeCommunityGroups linking() {
        return new ChangeCommunityGroups(
                "linkCommunityGroups",
                results("linkGroup", "already-linked", " linked-elsewhere not-acceptable group-full"),
                Communities::link);
    }

    /** {@code unlinkCommunityGroups}. */
    public static ChangeCommunityGroups unlinking() {
        return new ChangeCommunityGroups(
                "unlinkCommunityGroups", results("unlinkGroup", "not-linked", " not-acceptable"), Communities::unlink);
    }

    private static EachResult results(String flag, String unchanged, String reasons) {
        return new EachResult("groupId", ChatIds.GROUP_SHAPE, flag, unchanged, Reasons.COMMUNITY + reasons);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(name, 1)
                .taking(ChatIds.COMMUNITY, ChatIds.GROUPS)
                .answering(results.shape());
    }

    @Override
    public Reply handle(Call call, Session session) {
        List<Jid> groups = call.get(ChatIds.GROUPS);
        return results.reply(
                groups, work.on(session.communities(), call.get(ChatIds.COMMUNITY), groups, call.deadline()));
    }
}
