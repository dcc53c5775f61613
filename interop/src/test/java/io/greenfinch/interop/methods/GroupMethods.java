package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Groups as a whole: what they are called, what they allow, making and leaving them. */
final class GroupMethods implements Area {

    private static final int DAY = 86_400;

    /** An account makes no more than so many. */
    private static final int MADE = 4;

    private final Caller caller;
    private final List<String> made = new ArrayList<>();
    private int names;

    GroupMethods(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Calls methods() {
        Calls all = new Calls();
        all.with("getGroups", _ -> groups());
        all.with("getGroupData", this::data);
        all.with("updateGroupName", this::name);
        all.with("setGroupDescription", this::describe);
        all.with("setGroupDisappearing", this::disappear);
        all.with("updateGroupSettings", this::settings);
        all.with("updateGroupAccess", this::access);
        all.with("createGroup", this::create);
        all.with("leaveGroup", this::leave);
        all.with("leaveGroups", this::leaveMade);
        return all;
    }

    private void inTurn(RandomGenerator random, Consumer<Room> work) {
        Room room = caller.anyRoom(random);
        room.turn.lock();
        try {
            work.accept(room);
        } finally {
            room.turn.unlock();
        }
    }

    private void groups() {
        Set<String> told = caller.get("getGroups")
                .json()
                .valueStream()
                .map(group -> group.path("groupId").asString(""))
                .collect(Collectors.toSet());
        caller.chats().stream()
                .flatMap(chat -> chat.group().stream())
                .filter(group -> !told.contains(group))
                .forEach(group -> caller.untrue("getGroups", group + " is not there"));
    }

    private void data(RandomGenerator random) {
        inTurn(random, room -> {
            boolean sure = !room.uncertain();
            JsonNode before = room.now();
            Told told = caller.post("getGroupData", Map.of("groupId", room.id));
            if (told.done() && sure) {
                boolean in = !Room.rank(before, caller.phone()).equals("none");
                caller.hold(
                        in == told.json().isObject(),
                        "getGroupData",
                        "%s, %s a member, was told %s".formatted(room.id, in ? "" : "not", told));
                if (in && told.json().isObject()) {
                    String held = GroupView.ofData(told.json()).toString();
                    String real = GroupView.ofService(before).toString();
                    caller.hold(
                            held.equals(real),
                            "getGroupData",
                            "%s%n    told %s%n    real %s".formatted(room.id, held, real));
                }
            }
        });
    }

    private void change(
            RandomGenerator random,
            String method,
            Map<String, Object> body,
            Function<JsonNode, String> is,
            String wished) {
        inTurn(random, room -> new GroupChange(method, method, body, is, wished::equals).ask(caller, room));
    }

    private void name(RandomGenerator random) {
        String name = "Name %s %d".formatted(caller.instance(), ++names);
        change(
                random,
                "updateGroupName",
                Map.of("groupName", name),
                group -> group.get("subject").asString(),
                name);
    }

    private void describe(RandomGenerator random) {
        String text = random.nextInt(4) == 0 ? "" : "Description " + ++names;
        change(
                random,
                "setGroupDescription",
                Map.of("description", text),
                group -> group.path("description").asString(""),
                text);
    }

    private void disappear(RandomGenerator random) {
        int seconds = random.nextBoolean() ? DAY : 0;
        change(
                random,
                "setGroupDisappearing",
                Map.of("ephemeralExpiration", seconds),
                group -> group.get("ephemeral").asString(),
                Integer.toString(seconds));
    }

    private void settings(RandomGenerator random) {
        boolean edit = random.nextBoolean();
        boolean send = random.nextBoolean();
        change(
                random,
                "updateGroupSettings",
                Map.of("allowParticipantsEditGroupSettings", edit, "allowParticipantsSendMessages", send),
                group -> group.get("locked") + " " + group.get("announcement"),
                !edit + " " + !send);
    }

    private void access(RandomGenerator random) {
        boolean add = random.nextBoolean();
        boolean approval = random.nextBoolean();
        change(
                random,
                "updateGroupAccess",
                Map.of("allowParticipantsAddMembers", add, "approvalRequired", approval),
                group -> group.get("adminsAdd") + " " + group.get("approval"),
                !add + " " + approval);
    }

    private void create(RandomGenerator random) {
        if (made.size() >= MADE) {
            return;
        }
        Person person = caller.anyPerson(random);
        String name = "Made by %s %d".formatted(caller.instance(), ++names);
        Told told = caller.post(
                "createGroup", Map.of("groupName", name, "chatIds", List.of(person.phone() + "@c.us")), "500 refused-");
        if (told.done()) {
            String id = told.json().get("chatId").asString();
            JsonNode group = caller.simulator().group(id);
            made.add(id);
            caller.hold(
                    group.get("subject").asString().equals(name)
                            && Room.rank(group, caller.phone()).equals("superadmin")
                            && Room.rank(group, person.phone()).equals("member"),
                    "createGroup",
                    id + " is not as it was asked for");
        }
    }

    private void leave(RandomGenerator random) {
        inTurn(random, room -> {
            String before = room.rank(caller.phone());
            boolean sure = !room.uncertain();
            boolean moving = room.inMotion() || !sure;
            Told told = caller.post("leaveGroup", Map.of("groupId", room.id));
            String after = room.rank(caller.phone());
            String state = "%s, %s before, %s afterwards, was told: %s".formatted(room.id, before, after, told);
            if (told.unknown()) {
                room.unknown();
            } else if (told.flag("leaveGroup") || told.flag("removeAdmin")) {
                boolean as = told.flag("removeAdmin") ? before.endsWith("admin") : before.equals("member");
                caller.hold(after.equals("none"), "leaveGroup", state);
                caller.hold(as || moving || told.reason().equals("left-earlier"), "leaveGroup", state);
            } else {
                caller.hold(!sure || after.equals(before), "leaveGroup", state);
                caller.hold(!told.done() || GroupChange.explains(told.reason(), before, moving), "leaveGroup", state);
            }
        });
    }

    /** Those that it made: they are nobody else's. */
    private void leaveMade(RandomGenerator random) {
        if (made.size() < 2) {
            return;
        }
        Told told = caller.post("leaveGroups", Map.of("groupIds", made));
        if (!told.done()) {
            return;
        }
        for (JsonNode result : told.json().get("results")) {
            String id = result.get("groupId").asString();
            boolean out =
                    Room.rank(caller.simulator().group(id), caller.phone()).equals("none");
            JsonNode left = result.get("leaveGroup");
            if (left.asBoolean(false)) {
                caller.hold(out, "leaveGroups", id + " is said to be left");
            } else if (!left.isNull()) {
                String reason = result.get("reason").asString();
                caller.hold(
                        reason.equals("not-a-member") ? out : Told.failure(reason),
                        "leaveGroups",
                        "%s, %s: %s".formatted(id, out ? "out" : "in", reason));
            }
            if (out) {
                made.remove(id);
            }
        }
    }

    /** What the gateway says of groups against what the service has. */
    @Override
    public List<String> differences() {
        return GroupView.differences(caller);
    }
}
