package io.greenfinch.interop.methods;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A group as {@code getGroupData} tells it, or as the service has it.
 *
 * @param members what each is, by phone number
 */
record GroupView(
        String subject,
        String description,
        boolean locked,
        boolean announcement,
        boolean adminsAdd,
        int ephemeral,
        Map<String, String> members) {

    static GroupView ofData(JsonNode data) {
        Map<String, String> members = new TreeMap<>();
        for (JsonNode each : data.get("participants")) {
            members.put(each.get("id").asString().replace("@c.us", ""), rank(each));
        }
        return new GroupView(
                data.get("subject").asString(),
                data.path("description").asString(""),
                !data.get("allowParticipantsEditGroupSettings").asBoolean(),
                !data.get("allowParticipantsSendMessages").asBoolean(),
                !data.get("allowParticipantsAddMembers").asBoolean(),
                data.get("ephemeralExpiration").asInt(),
                members);
    }

    private static String rank(JsonNode participant) {
        if (participant.get("isSuperAdmin").asBoolean()) {
            return "superadmin";
        }
        return participant.get("isAdmin").asBoolean() ? "admin" : "member";
    }

    static GroupView ofService(JsonNode group) {
        Map<String, String> members = new TreeMap<>();
        for (JsonNode each : group.get("members")) {
            members.put(each.get("phone").asString(), each.get("rank").asString());
        }
        return new GroupView(
                group.get("subject").asString(),
                group.path("description").asString(""),
                group.get("locked").asBoolean(),
                group.get("announcement").asBoolean(),
                group.get("adminsAdd").asBoolean(),
                group.get("ephemeral").asInt(),
                members);
    }

    /** All groups of an account: those that it is in, no others, and each as it is. */
    static List<String> differences(Caller caller) {
        List<String> found = new ArrayList<>();
        Map<String, JsonNode> real = new HashMap<>();
        for (JsonNode group : caller.simulator().groups()) {
            if (!Room.rank(group, caller.phone()).equals("none")) {
                real.put(group.get("id").asString(), group);
            }
        }
        Map<String, JsonNode> told = new HashMap<>();
        caller.get("getGroups")
                .json()
                .forEach(each -> told.put(each.get("groupId").asString(), each));
        Set<String> all = new TreeSet<>(real.keySet());
        all.addAll(told.keySet());
        for (String id : all) {
            JsonNode held = told.get(id);
            JsonNode group = real.get(id);
            if (held == null || group == null) {
                found.add("getGroups: %s %s".formatted(id, held == null ? "is not there" : "was left"));
                continue;
            }
            String listed = listed(
                    held.path("subject").asString(""),
                    held.path("role").asString(""),
                    held.path("size").asInt(0));
            String listable = listed(
                    group.get("subject").asString(),
                    Room.rank(group, caller.phone()),
                    group.get("members").size());
            if (!listed.equals(listable)) {
                found.add("getGroups: %s%n    told %s%n    real %s".formatted(id, listed, listable));
            }
            JsonNode data = caller.post("getGroupData", Map.of("groupId", id)).json();
            String view = data.isObject() ? ofData(data).toString() : data.toString();
            if (!view.equals(ofService(group).toString())) {
                found.add("getGroupData: %s%n    told %s%n    real %s".formatted(id, view, ofService(group)));
            }
        }
        return found;
    }

    private static String listed(String subject, String role, int size) {
        return "%s, %s, %d".formatted(subject, role, size);
    }
}
