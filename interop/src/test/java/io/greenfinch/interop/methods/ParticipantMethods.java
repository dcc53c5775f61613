package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** People in groups, one at a time and several at a time. */
final class ParticipantMethods implements Area {

    private static final List<Wish> WISHES = List.of(
            new Wish("addGroupParticipant", "addGroupParticipants", "addParticipant", rank -> !rank.equals("none")),
            new Wish("removeGroupParticipant", "removeGroupParticipants", "removeParticipant", "none"::equals),
            new Wish("setGroupAdmin", "setGroupAdmins", "setGroupAdmin", "admin"::equals),
            new Wish("removeAdmin", "removeAdmins", "removeAdmin", "member"::equals));

    private final Caller caller;

    ParticipantMethods(Caller caller) {
        this.caller = caller;
    }

    /** What may be wished of people: the method for one and for several, the flag of both, and what somebody is then. */
    private record Wish(String one, String several, String flag, Predicate<String> rank) {}

    @Override
    public Calls methods() {
        Calls all = new Calls();
        for (Wish wish : WISHES) {
            all.with(wish.one, random -> one(wish, random));
            all.with(wish.several, random -> several(wish, random));
        }
        return all;
    }

    private void one(Wish wish, RandomGenerator random) {
        Room room = caller.anyRoom(random);
        Person person = caller.anyPerson(random);
        room.turn.lock();
        try {
            new GroupChange(
                            wish.one,
                            wish.flag,
                            Map.of("participantChatId", person.phone() + "@c.us"),
                            group -> Room.rank(group, person.phone()),
                            wish.rank)
                    .ask(caller, room);
        } finally {
            room.turn.unlock();
        }
    }

    private void several(Wish wish, RandomGenerator random) {
        Room room = caller.anyRoom(random);
        List<Person> people = caller.people().stream()
                .filter(_ -> random.nextBoolean())
                .limit(3)
                .toList();
        if (people.isEmpty()) {
            return;
        }
        room.turn.lock();
        try {
            several(wish, room, people);
        } finally {
            room.turn.unlock();
        }
    }

    private void several(Wish wish, Room room, List<Person> people) {
        boolean sure = !room.uncertain();
        boolean moving = room.inMotion() || !sure;
        JsonNode before = room.now();
        List<String> ids =
                people.stream().map(person -> person.phone() + "@c.us").toList();
        Told told = caller.post(wish.several, Map.of("groupId", room.id, "participantChatIds", ids));
        if (told.unknown()) {
            room.unknown();
        }
        if (!told.done()) {
            return;
        }
        JsonNode after = room.now();
        JsonNode results = told.json().get("results");
        caller.hold(results.size() == people.size(), wish.several, "not a result for each");
        for (int i = 0; i < people.size(); i++) {
            String phone = people.get(i).phone();
            JsonNode result = results.get(i);
            String state = "%s (%s), %s before, %s afterwards, was told: %s %s"
                    .formatted(
                            room.id,
                            Room.rank(before, caller.phone()),
                            Room.rank(before, phone),
                            Room.rank(after, phone),
                            result.get(wish.flag),
                            result.path("reason").asString(""));
            if (result.get(wish.flag).isNull()) {
                room.unknown();
            } else if (result.get(wish.flag).asBoolean()) {
                caller.hold(!sure || wish.rank.test(Room.rank(after, phone)), wish.several, state);
            } else {
                caller.hold(!sure || Room.rank(after, phone).equals(Room.rank(before, phone)), wish.several, state);
                caller.hold(
                        GroupChange.explains(
                                result.path("reason").asString(""), Room.rank(before, caller.phone()), moving),
                        wish.several,
                        state);
            }
        }
    }
}
