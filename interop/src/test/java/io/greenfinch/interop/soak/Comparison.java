package io.greenfinch.interop.soak;

import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.Participant;
import io.greenfinch.client.group.Role;
import io.greenfinch.interop.service.Subject;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What the instances hold of their groups against what the service has. */
final class Comparison {

    private Comparison() {}

    /** Every difference, as a sentence. */
    static List<String> differences(
            List<Subject> subjects, Map<Long, Map<String, KnownGroup>> stored, JsonNode service) {
        List<String> differences = new ArrayList<>();
        for (Subject subject : subjects) {
            Map<String, KnownGroup> ours =
                    stored.getOrDefault(Long.valueOf(subject.instance().idInstance()), Map.of());
            Map<String, JsonNode> theirs = new HashMap<>();
            for (JsonNode group : service) {
                if (group.get("members")
                        .valueStream()
                        .anyMatch(member -> member.get("phone")
                                .asString()
                                .equals(subject.account().phone()))) {
                    theirs.put(group.get("id").asString(), group);
                }
            }
            Set<String> ids = new TreeSet<>(ours.keySet());
            ids.addAll(theirs.keySet());
            for (String id : ids) {
                String who = subject.account().name() + ", " + id + ": ";
                if (!ours.containsKey(id)) {
                    differences.add(who + "is a member, and the instance does not know it");
                } else if (!theirs.containsKey(id)) {
                    differences.add(who + "is no member, and the instance believes so");
                } else {
                    String held = description(ours.get(id).group());
                    String real = description(theirs.get(id));
                    if (!held.equals(real)) {
                        differences.add(who + "\n    held " + held + "\n    real " + real);
                    }
                }
            }
        }
        return differences;
    }

    private static String description(Group group) {
        Group.Settings settings = group.settings();
        Set<String> members = new TreeSet<>();
        for (Participant participant : group.participants()) {
            members.add(participant.person().pn().map(Jid::user).orElse("?") + " " + rank(participant.role()));
        }
        return "%s | %s | locked %s, announcement %s, adminsAdd %s, ephemeral %s | %s"
                .formatted(
                        group.subject(),
                        settings.description(),
                        settings.locked(),
                        settings.announcement(),
                        !settings.membersAdd(),
                        settings.ephemeralSeconds(),
                        members);
    }

    private static String rank(Role role) {
        return switch (role) {
            case MEMBER -> "member";
            case ADMIN -> "admin";
            case SUPERADMIN -> "superadmin";
        };
    }

    private static String description(JsonNode group) {
        Set<String> members = new TreeSet<>();
        for (JsonNode member : group.get("members")) {
            members.add(
                    member.get("phone").asString() + " " + member.get("rank").asString());
        }
        return "%s | %s | locked %s, announcement %s, adminsAdd %s, ephemeral %s | %s"
                .formatted(
                        group.get("subject").asString(),
                        group.path("description").asString(""),
                        group.get("locked").asBoolean(),
                        group.get("announcement").asBoolean(),
                        group.get("adminsAdd").asBoolean(),
                        group.get("ephemeral").asInt(),
                        members);
    }
}
