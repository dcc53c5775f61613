package io.greenfinch.simulator.admin;

import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Description;
import io.greenfinch.simulator.group.Member;
import io.greenfinch.simulator.group.MembershipRequest;
import io.greenfinch.simulator.group.PersonResult;
import io.greenfinch.simulator.group.SimulatedGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Groups as admin answers show them. */
final class GroupJson {

    private GroupJson() {}

    static Map<String, Object> of(SimulatedGroup group) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", group.jid().toString());
        shown.put("subject", group.subject());
        shown.put("addressing", group.addressing().text());
        shown.put("kind", group.kind().name().toLowerCase(Locale.ROOT));
        group.community()
                .ifPresent(community -> shown.put("community", community.jid().toString()));
        shown.put("creator", group.creator().number());
        shown.put("creation", group.creation().toString());
        shown.put("locked", group.locked());
        shown.put("announcement", group.announcement());
        shown.put("adminsAdd", group.adminsAdd());
        shown.put("membersLink", group.access().membersLink());
        shown.put("approval", group.access().approval());
        shown.put("ephemeral", group.ephemeral());
        group.description().map(Description::body).ifPresent(body -> shown.put("description", body));
        shown.put("inviteCode", group.access().code());
        shown.put(
                "requests",
                group.access().requests().stream().map(GroupJson::request).toList());
        shown.put("participantVersion", group.participantVersion());
        shown.put("members", group.members().stream().map(GroupJson::member).toList());
        return shown;
    }

    private static Map<String, Object> member(Member member) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", member.account().pushName().orElse(""));
        shown.put("phone", member.account().number());
        shown.put("lid", member.account().lid().toString());
        shown.put("rank", member.role().text().orElse("member"));
        shown.put("since", member.since().toString());
        return shown;
    }

    private static Map<String, Object> request(MembershipRequest request) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", request.person().pushName().orElse(""));
        shown.put("phone", request.person().number());
        shown.put("requestor", request.requestor().number());
        shown.put("method", request.method().text());
        shown.put("at", request.at().toString());
        return shown;
    }

    static List<Map<String, Object>> results(List<PersonResult> results) {
        return results.stream().map(GroupJson::result).toList();
    }

    private static Map<String, Object> result(PersonResult result) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put(
                "person",
                result.account()
                        .map(SimulatedAccount::number)
                        .orElse(result.asked().toString()));
        result.refusal().ifPresent(refusal -> {
            shown.put("error", refusal.code());
            shown.put("text", refusal.text());
        });
        result.invitation().ifPresent(invitation -> {
            shown.put("inviteCode", invitation.code());
            shown.put("inviteExpiration", invitation.expiration().getEpochSecond());
        });
        return shown;
    }
}
