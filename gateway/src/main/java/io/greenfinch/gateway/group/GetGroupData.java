package io.greenfinch.gateway.group;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.Participant;
import io.greenfinch.client.group.Role;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.InviteLinks.InviteLink;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.ObjectShape;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.http.Shape;
import io.greenfinch.protocol.binary.Jid;
import java.util.Optional;

/**
 * Tells about a group, asked from WhatsApp (green-api.md §9.3). Its documented errors are JSON texts with status 200.
 */
public record GetGroupData(InviteLinks links) implements ApiMethod.OfSession {

    static final Shape PERSON = Shape.either(Shape.constant(""), ChatIds.MEMBER_SHAPE);
    static final Shape COUNT = Shape.NUMBER.with("minimum", Json.of(0));

    private static final ObjectShape<Participant> PARTICIPANT = ObjectShape.of(Participant.class)
            .with("id", ChatIds.MEMBER_SHAPE, in -> ChatNames.of(in.person()))
            .maybe("lid", Shape.pattern("[0-9]+@lid"), in -> in.person().lid().map(Jid::toString))
            .flag("isAdmin", in -> in.role().admin())
            .flag("isSuperAdmin", in -> in.role() == Role.SUPERADMIN);

    /** What is shown of a group. */
    private record Told(Group group, Group.Settings set, String link) {

        Optional<String> description() {
            return set.description().isEmpty() ? Optional.empty() : Optional.of(set.description());
        }
    }

    private static final ObjectShape<Told> DATA = ObjectShape.of(Told.class)
            .with("groupId", ChatIds.GROUP_SHAPE, of -> of.group.id().toString())
            .with("owner", PERSON, of -> ChatNames.of(of.group.creator()))
            .text("subject", of -> of.group.subject())
            .number("creation", of -> of.group.creation().getEpochSecond())
            .number("subjectTime", of -> of.group.subjectTime().getEpochSecond())
            .with("subjectOwner", PERSON, of -> ChatNames.of(of.group.subjectOwner()))
            .with("groupInviteLink", InviteLink.SHAPE, Told::link)
            .with("ephemeralExpiration", COUNT, of -> of.set.ephemeralSeconds())
            .flag("allowParticipantsEditGroupSettings", of -> !of.set.locked())
            .flag("allowParticipantsSendMessages", of -> !of.set.announcement())
            .flag("allowParticipantsAddMembers", of -> of.set.membersAdd())
            .flag("isCommunity", of -> of.set.community())
            .flag("isCommunityAnnounce", of -> of.set.defaultSubGroup())
            .with("size", COUNT, of -> of.group.participants().size())
            .maybe("description", Shape.TEXT, Told::description)
            .with("participants", Shape.list(PARTICIPANT.shape()), of -> PARTICIPANT.all(of.group.participants()));

    private static final String FORBIDDEN = "Error: forbidden";
    private static final String NOT_FOUND = "Error: item-not-found";

    @Override
    public Descriptor descriptor() {
        return Descriptor.post("getGroupData", 1)
                .taking(ChatIds.GROUP)
                .answering(Shape.either(Shape.words(FORBIDDEN, NOT_FOUND), DATA.shape()))
                .withReasons(Descriptor.REFUSED + " " + InviteLink.REASONS);
    }

    @Override
    public Reply handle(Call call, Session session) {
        Jid id = call.get(ChatIds.GROUP);
        return switch (session.groups().find(id, call.deadline())) {
            case Outcome.Done<Group>(Group found) -> {
                boolean admin = session.account()
                        .status()
                        .account()
                        .flatMap(found::participant)
                        .map(own -> own.role().admin())
                        .orElse(false);
                // Only admins are given the link: others need not ask for it.
                InviteLink link = admin ? links.of(session, id, call.deadline()) : InviteLink.NONE;
                Reply reply = Reply.ok(DATA.of(new Told(found, found.settings(), link.url())));
                yield link.reason().map(reply::withReason).orElse(reply);
            }
            case Outcome.Refused<Group>(Refusal reason, int code, var invitation) -> {
                Reply reply = Reply.ok(Json.of(reason == Refusal.GROUP_NOT_FOUND ? NOT_FOUND : FORBIDDEN))
                        .succeeding(false);
                yield reason == Refusal.OTHER ? reply.withReason(Reasons.refused(code)) : reply;
            }
            case Outcome.Unknown<Group>(Silence why) -> Reasons.noAnswer(why);
        };
    }
}
