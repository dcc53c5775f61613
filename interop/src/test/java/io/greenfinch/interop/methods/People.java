package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** People who write to our accounts, call them and change their groups, on their phones. For one thread. */
final class People {

    /** What somebody has written to one of our accounts, and what became of it. */
    static final class Written {
        final Caller to;
        final Person from;
        final String chatId;
        final String id;
        String text;
        boolean deleted;

        Written(Caller to, Person from, String chatId, String id, String text) {
            this.to = to;
            this.from = from;
            this.chatId = chatId;
            this.id = id;
            this.text = text;
        }
    }

    private static final int RECENT = 20;
    private static final int DAY = 86_400;

    private final List<Caller> callers;
    private final SimulatorAdmin simulator;
    private final Screens screens;
    private final List<Written> written = new ArrayList<>();
    private final AtomicInteger deeds = new AtomicInteger();
    private int last;

    People(List<Caller> callers, SimulatorAdmin simulator, Screens screens) {
        this.callers = callers;
        this.simulator = simulator;
        this.screens = screens;
    }

    /** Somebody does something. */
    void act(RandomGenerator random) {
        Caller caller = Caller.any(callers, random);
        Person person = caller.anyPerson(random);
        switch (random.nextInt(14)) {
            case 0, 1 -> write(caller, person, person.phone() + "@c.us", caller.phone());
            case 2 ->
                caller.chats().stream()
                        .filter(chat -> chat.group().isPresent())
                        .forEach(chat -> write(caller, chat.people().getFirst(), chat.chatId(), chat.chatId()));
            case 3 -> edit(random);
            case 4 -> delete(random);
            case 5 -> recent(caller, person, random).ifPresent(id -> onPhone(person, Map.of("read", id)));
            case 6 ->
                recent(caller, person, random).ifPresent(id -> onPhone(person, Map.of("react", "👍", "message", id)));
            case 7 -> vote(caller, person);
            case 8 ->
                onPhone(
                        person,
                        Map.of(
                                "to",
                                "status@broadcast",
                                "text",
                                "Status of people " + ++last,
                                "audience",
                                List.of(caller.phone())));
            case 9 -> call(caller, person, random);
            default -> room(caller, person, random);
        }
        deeds.incrementAndGet();
    }

    private String onPhone(Person person, Map<String, Object> what) {
        return simulator.onPhone(person.phone(), what);
    }

    private void write(Caller caller, Person person, String chatId, String to) {
        String text = "people %d".formatted(++last);
        String id = onPhone(person, Map.of("to", to, "text", text));
        written.add(new Written(caller, person, chatId, id, text));
    }

    /** Those that were written lately: phones know no others for long. */
    private Optional<Written> lately(RandomGenerator random) {
        List<Written> some = written.subList(Math.max(0, written.size() - RECENT), written.size()).stream()
                .filter(each -> !each.deleted)
                .toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(Caller.any(some, random));
    }

    private void edit(RandomGenerator random) {
        lately(random).ifPresent(each -> {
            String text = "people %d".formatted(++last);
            onPhone(each.from, Map.of("edit", text, "message", each.id));
            each.text = text;
        });
    }

    private void delete(RandomGenerator random) {
        lately(random).ifPresent(each -> {
            onPhone(each.from, Map.of("delete", true, "message", each.id));
            each.deleted = true;
        });
    }

    /** Something that our account has written to somebody lately. */
    private Optional<String> recent(Caller caller, Person person, RandomGenerator random) {
        List<String> ids = screens.of(person).from(caller.account(), "");
        List<String> newest = ids.subList(Math.max(0, ids.size() - RECENT), ids.size());
        return newest.isEmpty() ? Optional.empty() : Optional.of(Caller.any(newest, random));
    }

    private void vote(Caller caller, Person person) {
        List<String> ids = screens.of(person).from(caller.account(), "");
        ids.reversed().stream()
                .limit(RECENT)
                .filter(id -> screens.of(person).text(id).startsWith("[poll]"))
                .findFirst()
                .ifPresent(id -> onPhone(person, Map.of("vote", List.of("red"), "message", id)));
    }

    private void call(Caller caller, Person person, RandomGenerator random) {
        boolean incoming = random.nextBoolean();
        Person from = incoming ? person : caller.account();
        Person to = incoming ? caller.account() : person;
        String call = simulator.call(from.phone(), to.phone(), random.nextBoolean());
        if (random.nextBoolean()) {
            simulator.about(call, to.phone(), "accept");
        }
        simulator.about(call, from.phone(), "hang-up");
    }

    private void room(Caller caller, Person person, RandomGenerator random) {
        Room room = caller.anyRoom(random);
        if (!room.turn.tryLock()) {
            return;
        }
        try {
            String rank = room.rank(caller.phone());
            if (rank.equals("none") && room.meantFor()) {
                restore(caller, room);
            } else {
                change(room, person, random);
            }
        } finally {
            room.turn.unlock();
        }
    }

    /** Takes our account in again, which has left. */
    private void restore(Caller caller, Room room) {
        Map<String, Object> us = Map.of("targets", List.of(caller.phone()));
        if (room.act(room.host, "add", us)) {
            if (room.meantForAdmin()) {
                room.act(room.host, "promote", us);
            }
            room.moved();
        }
    }

    private void change(Room room, Person person, RandomGenerator random) {
        Map<String, Object> target = Map.of("targets", List.of(person.phone()));
        switch (random.nextInt(9)) {
            case 0 -> room.act(person, "join", Map.of());
            case 1 -> room.act(person, "leave", Map.of());
            case 2 -> room.act(room.host, "add", target);
            case 3 -> room.act(room.host, "remove", target);
            case 4 -> room.act(room.host, random.nextBoolean() ? "promote" : "demote", target);
            case 5 -> room.act(room.host, "subject", Map.of("text", "Subject " + ++last));
            case 6 -> room.act(room.host, "description", Map.of("text", "Description of people " + ++last));
            case 7 -> room.act(room.host, "locked", Map.of("on", random.nextBoolean()));
            default -> room.act(room.host, "ephemeral", Map.of("seconds", random.nextBoolean() ? DAY : 0));
        }
    }

    /** What was written to our accounts; asked when all is over. */
    List<Written> written() {
        return written;
    }

    /** How often somebody did something. */
    int deeds() {
        return deeds.get();
    }
}
