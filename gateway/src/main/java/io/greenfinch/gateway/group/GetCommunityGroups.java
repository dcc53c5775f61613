package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.CommunityGroup;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Lists the groups of a community that the account is in, asked from WhatsApp. An extension of Greenfinch. */
public final class GetCommunityGroups implements ApiMethod.OfSession {

    private static final String GROUPS = "groups";

    private static final ObjectShape<CommunityGroup> GROUP = ObjectShape.of(CommunityGroup.class)
            .with("groupId", ChatIds.GROUP_SHAPE, of -> of.id().toString())
            .text("subject", CommunityGroup::subject)
            .flag("isCommunityAnnounce", CommunityGroup::announcements)
            .maybe("size", GetGroupData.COUNT, GetCommunityGroups::size);

    private static Optional<Integer> size(CommunityGroup group) {
        return group.size().isPresent() ? Optional.of(group.size().getAsInt()) : Optional.empty();
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getCommunityGroups", 10)
                .taking(ChatIds.COMMUNITY)
                .answering(Shape.object(GROUPS, Shape.list(GROUP.shape()).orNull()))
                .withReasons(Reasons.COMMUNITY);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return switch (session.communities().groups(call.get(ChatIds.COMMUNITY), call.deadline())) {
            case Outcome.Done<List<CommunityGroup>>(List<CommunityGroup> groups) -> {
                ObjectNode body = Json.object();
                body.set(GROUPS, GROUP.all(groups));
                yield Reply.ok(body);
            }
            case Outcome.Refused<List<CommunityGroup>>(Refusal reason, int code, var invitation) ->
                Reply.ok(Json.object().putNull(GROUPS))
                        .withReason(Reasons.of(reason, code))
                        .succeeding(false);
            case Outcome.Unknown<List<CommunityGroup>>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
