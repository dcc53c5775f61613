package io.greenfinch.gateway.group;

import io.greenfinch.client.Account;
import io.greenfinch.client.Session;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.Participant;
import io.greenfinch.client.group.Role;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.group.InviteLinks.InviteLink;
import io.greenfinch.gateway.http.Answer;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.InstanceMethod;
import io.greenfinch.gateway.http.Json;
import io.greenfinch.gateway.http.MethodSpec;
import io.greenfinch.gateway.http.Schema;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.protocol.binary.Jid;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells about a group, asked from WhatsApp (green-api.md §9.3). Its documented errors are JSON texts with status 200.
 */
public final class GetGroupData implements InstanceMethod {

    private static final Schema SCHEMA = Schema.of(Field.required("groupId", GroupIds.RULE));
    private static final MethodSpec SPEC =
            MethodSpec.post("getGroupData", 1).authorized().taking(SCHEMA);

    private final InviteLinks links;

    public GetGroupData(InviteLinks links) {
        this.links = links;
    }

    @Override
    public MethodSpec spec() {
        return SPEC;
    }

    @Override
    public Answer handle(Call call, Instance instance) {
        Jid group = GroupIds.jid(call.body().path("groupId").stringValue());
        return instance.session()
                .map(session -> look(session, group, call))
                .orElseGet(() -> NoAnswers.of(Silence.NOT_LINKED));
    }

    private Answer look(Session session, Jid id, Call call) {
        return switch (session.groups().find(id, call.deadline())) {
            case Outcome.Done<Group>(Group found) -> {
                boolean admin = session.account()
                        .status()
                        .account()
                        .map(account -> adminOf(found, account))
                        .orElse(false);
                // Only admins are given the link: others need not ask for it.
                InviteLink link = admin ? links.of(session, id, call.deadline()) : InviteLink.NONE;
                Answer answer = Answer.ok(data(found, link.url()));
                yield link.reason().map(answer::withReason).orElse(answer);
            }
            case Outcome.Refused<Group> refused -> {
                boolean unknown = refused.reason() == Refusal.GROUP_NOT_FOUND;
                Answer answer = Answer.ok(Json.text(unknown ? "Error: item-not-found" : "Error: forbidden"));
                yield refused.reason() == Refusal.OTHER ? answer.withReason("refused-" + refused.code()) : answer;
            }
            case Outcome.Unknown<Group> silence -> NoAnswers.of(silence.why());
        };
    }

    private static boolean adminOf(Group group, Account account) {
        return group.participants().stream()
                .filter(participant -> participant.role().admin())
                .anyMatch(participant -> participant.person().is(account.pn())
                        || account.lid().map(participant.person()::is).orElse(false));
    }

    private static ObjectNode data(Group group, String link) {
        Group.Settings settings = group.settings();
        ObjectNode data = Json.object()
                .put("groupId", group.id().toString())
                .put("owner", group.creator().map(People::id).orElse(""))
                .put("subject", group.subject())
                .put("creation", group.creation().getEpochSecond())
                .put("subjectTime", group.subjectTime().getEpochSecond())
                .put("subjectOwner", group.subjectOwner().map(People::id).orElse(""))
                .put("groupInviteLink", link)
                .put("ephemeralExpiration", settings.ephemeralSeconds())
                .put("allowParticipantsEditGroupSettings", !settings.locked())
                .put("allowParticipantsSendMessages", !settings.announcement())
                .put("allowParticipantsAddMembers", settings.membersAdd())
                .put("isCommunity", settings.community())
                .put("isCommunityAnnounce", settings.defaultSubGroup())
                .put("size", group.participants().size());
        if (!settings.description().isEmpty()) {
            data.put("description", settings.description());
        }
        ArrayNode participants = Json.array();
        group.participants().forEach(participant -> participants.add(participant(participant)));
        data.set("participants", participants);
        return data;
    }

    private static ObjectNode participant(Participant participant) {
        ObjectNode entry = Json.object().put("id", People.id(participant.person()));
        participant.person().lid().ifPresent(lid -> entry.put("lid", lid.toString()));
        return entry.put("isAdmin", participant.role().admin())
                .put("isSuperAdmin", participant.role() == Role.SUPERADMIN);
    }
}
