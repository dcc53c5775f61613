package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.InvitedGroup;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import java.util.Optional;

/** Shows a group to somebody who is invited to it, by a link or a message, and not in it yet. An extension of Greenfinch. */
public final class GetGroupInfoByLink implements ApiMethod.OfSession {

    private static final String FOUND = "found";

    private static final ObjectShape<InvitedGroup> SHOWN = ObjectShape.of(InvitedGroup.class)
            .always(FOUND, true)
            .with("groupId", ChatIds.GROUP_SHAPE, of -> of.group().id().toString())
            .text("subject", of -> of.group().subject())
            .maybe("description", Shape.TEXT, of -> description(of.group()))
            .with("owner", GetGroupData.PERSON, of -> ChatNames.of(of.group().creator()))
            .number("creation", of -> of.group().creation().getEpochSecond())
            .with("size", GetGroupData.COUNT, InvitedGroup::size)
            .flag("approvalRequired", of -> of.group().settings().approval())
            .flag("isCommunity", of -> of.group().settings().community())
            .flag("isCommunityAnnounce", of -> of.group().settings().defaultSubGroup());

    private static Optional<String> description(Group group) {
        return Optional.of(group.settings().description()).filter(text -> !text.isEmpty());
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getGroupInfoByLink", 10)
                .taking(InviteFields.ALL)
                .answering(Shape.either(SHOWN.shape(), Shape.object(FOUND, Shape.constant(false))))
                .withReasons(Reasons.ENTRY);
    }

    @Override
    public Reply handle(Call call, Session session) {
        return InviteFields.with(
                call,
                code -> reply(session.groups().find(code, call.deadline())),
                invitation -> reply(session.groups().find(invitation, call.deadline())));
    }

    private static Reply reply(Outcome<InvitedGroup> outcome) {
        return switch (outcome) {
            case Outcome.Done<InvitedGroup>(InvitedGroup group) -> Reply.ok(SHOWN.of(group));
            case Outcome.Refused<InvitedGroup>(Refusal reason, int code, var invitation) ->
                Reply.ok(Json.object().put(FOUND, false))
                        .withReason(Reasons.of(reason, code))
                        .succeeding(false);
            case Outcome.Unknown<InvitedGroup>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
