package io.greenfinch.interop.scenario;

import io.greenfinch.interop.peer.PeerGroup;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What there is to see of a group, in one form whoever saw it.
 *
 * @param ranks {@code member}, {@code admin} or {@code superadmin} by phone number
 */
record GroupView(String subject, boolean announcement, boolean locked, Map<String, String> ranks) {

    /** As the simulated service has it. */
    static GroupView of(JsonNode group) {
        Map<String, String> ranks = new TreeMap<>();
        group.get("members")
                .valueStream()
                .forEach(member -> ranks.put(
                        member.get("phone").asString(), member.get("rank").asString()));
        return new GroupView(
                group.get("subject").asString(),
                group.get("announcement").asBoolean(),
                group.get("locked").asBoolean(),
                ranks);
    }

    /** As a third-party client reads it. */
    static GroupView of(PeerGroup group) {
        Map<String, String> ranks = new TreeMap<>();
        for (PeerGroup.Member member : group.members()) {
            String pn = member.jid().endsWith("@lid") ? member.alias().orElse(member.jid()) : member.jid();
            ranks.put(pn.replace("@s.whatsapp.net", ""), member.role());
        }
        return new GroupView(group.subject(), group.announcement(), group.locked(), ranks);
    }

    /** As getGroupData tells it. */
    static GroupView ofAnswer(JsonNode data) {
        Map<String, String> ranks = new TreeMap<>();
        data.get("participants").valueStream().forEach(each -> {
            String role = each.get("isSuperAdmin").asBoolean()
                    ? "superadmin"
                    : each.get("isAdmin").asBoolean() ? "admin" : "member";
            ranks.put(each.get("id").asString().replace("@c.us", ""), role);
        });
        return new GroupView(
                data.get("subject").asString(),
                !data.get("allowParticipantsSendMessages").asBoolean(),
                !data.get("allowParticipantsEditGroupSettings").asBoolean(),
                ranks);
    }

    GroupView named(String other) {
        return new GroupView(other, announcement, locked, ranks);
    }

    GroupView closed() {
        return new GroupView(subject, true, true, ranks);
    }

    GroupView with(String phone, String rank) {
        Map<String, String> changed = new TreeMap<>(ranks);
        changed.put(phone, rank);
        return new GroupView(subject, announcement, locked, changed);
    }

    GroupView without(String phone) {
        Map<String, String> changed = new TreeMap<>(ranks);
        changed.remove(phone);
        return new GroupView(subject, announcement, locked, changed);
    }
}
