package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Links to groups, who comes in by them, and who waits to be let in. */
final class LinkMethods implements Area {

    private static final String URL = "https://chat.whatsapp.com/";
    private static final String LINK = "groupInviteLink";

    private final Caller caller;

    LinkMethods(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Calls methods() {
        return new Calls()
                .with("getGroupInviteLink", random -> inTurn(random, this::link))
                .with("resetGroupInviteLink", random -> inTurn(random, this::reset))
                .with("getGroupInfoByLink", random -> inTurn(random, this::look))
                .with("joinGroup", random -> inTurn(random, this::join))
                .with("getGroupJoinRequests", random -> inTurn(random, this::requests))
                .with(
                        "approveGroupJoinRequests",
                        random -> decide("approveGroupJoinRequests", "approveJoinRequest", true, random))
                .with(
                        "rejectGroupJoinRequests",
                        random -> decide("rejectGroupJoinRequests", "rejectJoinRequest", false, random));
    }

    private void inTurn(RandomGenerator random, BiConsumer<Room, JsonNode> work) {
        Room room = caller.anyRoom(random);
        room.turn.lock();
        try {
            work.accept(room, room.now());
        } finally {
            room.turn.unlock();
        }
    }

    private static String url(JsonNode group) {
        return URL + group.get("inviteCode").asString();
    }

    private void link(Room room, JsonNode group) {
        Told told = caller.post("getGroupInviteLink", Map.of("groupId", room.id));
        if (told.done() && !room.uncertain()) {
            String link = told.json().get(LINK).asString();
            caller.hold(
                    link.isEmpty() ? explains(told.reason(), room, group) : link.equals(url(group)),
                    "getGroupInviteLink",
                    "%s (%s): %s".formatted(room.id, rank(group), link.isEmpty() ? told.reason() : "another link"));
        }
    }

    private String rank(JsonNode group) {
        return Room.rank(group, caller.phone());
    }

    private boolean explains(String reason, Room room, JsonNode group) {
        return GroupChange.explains(reason, rank(group), room.inMotion() || room.uncertain());
    }

    private void reset(Room room, JsonNode before) {
        Told told = caller.post("resetGroupInviteLink", Map.of("groupId", room.id));
        JsonNode after = room.now();
        if (told.unknown()) {
            room.unknown();
        } else if (!room.uncertain()) {
            boolean reset = told.done() && !told.json().get(LINK).asString().isEmpty();
            caller.hold(
                    reset
                            ? told.json().get(LINK).asString().equals(url(after))
                                    && !url(after).equals(url(before))
                            : url(after).equals(url(before)),
                    "resetGroupInviteLink",
                    "%s (%s): %s".formatted(room.id, rank(before), told));
            caller.hold(
                    reset || !told.done() || explains(told.reason(), room, before),
                    "resetGroupInviteLink",
                    "%s (%s): %s".formatted(room.id, rank(before), told));
        }
    }

    private void look(Room room, JsonNode group) {
        Told told = caller.post("getGroupInfoByLink", Map.of(LINK, url(group)));
        if (told.flag("found") && !room.uncertain()) {
            caller.hold(
                    told.json().get("groupId").asString().equals(room.id)
                            && told.json().get("subject").equals(group.get("subject"))
                            && told.json().get("size").asInt()
                                    == group.get("members").size()
                            && told.flag("approvalRequired")
                                    == group.get("approval").asBoolean(),
                    "getGroupInfoByLink",
                    room.id + " is not so");
        }
    }

    private void join(Room room, JsonNode before) {
        boolean sure = !room.uncertain();
        Told told = caller.post("joinGroup", Map.of(LINK, url(before)));
        JsonNode after = room.now();
        String state = "%s, %s before, %s afterwards, was told: %s".formatted(room.id, rank(before), rank(after), told);
        if (told.unknown()) {
            room.unknown();
        } else if (told.flag("joinGroup")) {
            caller.hold(!rank(after).equals("none"), "joinGroup", state);
        } else if (told.flag("awaitsApproval")) {
            caller.hold(!sure || waiting(after).contains(caller.phone()), "joinGroup", state);
        } else {
            caller.hold(!sure || rank(after).equals(rank(before)), "joinGroup", state);
            caller.hold(
                    !told.reason().equals("already-a-member")
                            || !sure
                            || !rank(before).equals("none"),
                    "joinGroup",
                    state);
        }
    }

    private static Set<String> waiting(JsonNode group) {
        return group.get("requests")
                .valueStream()
                .map(request -> request.get("phone").asString())
                .collect(Collectors.toSet());
    }

    private void requests(Room room, JsonNode group) {
        Told told = caller.post("getGroupJoinRequests", Map.of("groupId", room.id));
        if (told.done() && !room.uncertain()) {
            JsonNode requests = told.json().get("requests");
            if (requests.isNull()) {
                caller.hold(
                        explains(told.reason(), room, group),
                        "getGroupJoinRequests",
                        "%s (%s): %s".formatted(room.id, rank(group), told));
            } else {
                Set<String> listed = requests.valueStream()
                        .map(each -> each.get("participantChatId").asString().replace("@c.us", ""))
                        .collect(Collectors.toSet());
                caller.hold(
                        listed.equals(waiting(group)),
                        "getGroupJoinRequests",
                        "%s: told %s, real %s".formatted(room.id, listed, waiting(group)));
            }
        }
    }

    private void decide(String method, String flag, boolean approve, RandomGenerator random) {
        inTurn(random, (room, before) -> {
            List<Person> people = caller.people().stream()
                    .filter(person -> waiting(before).contains(person.phone()) || random.nextInt(4) == 0)
                    .toList();
            if (!people.isEmpty()) {
                decide(method, flag, approve, room, before, people);
            }
        });
    }

    private void decide(String method, String flag, boolean approve, Room room, JsonNode before, List<Person> people) {
        boolean sure = !room.uncertain();
        List<String> ids =
                people.stream().map(person -> person.phone() + "@c.us").toList();
        Told told = caller.post(method, Map.of("groupId", room.id, "participantChatIds", ids));
        if (told.unknown()) {
            room.unknown();
        }
        if (!told.done()) {
            return;
        }
        JsonNode after = room.now();
        for (int i = 0; i < people.size(); i++) {
            String phone = people.get(i).phone();
            JsonNode result = told.json().get("results").get(i);
            String reason = result.path("reason").asString("");
            boolean waits = waiting(after).contains(phone);
            boolean waited = waiting(before).contains(phone);
            String state = "%s (%s), waited %s, waits %s, is %s, was told: %s %s"
                    .formatted(room.id, rank(before), waited, waits, Room.rank(after, phone), result.get(flag), reason);
            if (result.get(flag).isNull()) {
                room.unknown();
            } else if (result.get(flag).asBoolean()) {
                boolean in = !Room.rank(after, phone).equals("none");
                caller.hold(!sure || (!waits && in == approve), method, state);
            } else {
                caller.hold(!sure || waits == waited, method, state);
                caller.hold(!sure || !reason.equals("nothing-pending") || !waited, method, state);
            }
        }
    }
}
