package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.service.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes people, chats and groups around instances, and a program for each. */
final class Neighbourhood {

    private static final int HOSTS = 5;
    private static final int FEWEST_PEOPLE = 8;
    private static final int PEOPLE_OF_ONE = 6;
    private static final List<String> RANKS = List.of("admin", "member", "none");

    private final SimulatorAdmin simulator;
    private final List<Subject> subjects;
    private final List<Person> hosts;
    private final List<Person> people;

    Neighbourhood(SimulatorAdmin simulator, List<Subject> subjects) {
        this.simulator = simulator;
        this.subjects = subjects;
        hosts = crowd("Host", HOSTS);
        people = crowd("Person", Math.max(FEWEST_PEOPLE, subjects.size()));
        people.stream()
                .limit(people.size() / 2)
                .forEach(person -> simulator.picture(person.phone(), PictureMethods.jpeg()));
    }

    private List<Person> crowd(String name, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> simulator.createPerson(name + " " + i))
                .toList();
    }

    /** A program for each instance. */
    List<Program> programs(Report report, Screens screens) {
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            Person host = hosts.get(i % HOSTS);
            String community = simulator.createCommunity(
                    "Village " + i, host.phone(), subjects.get(i).account().phone());
            programs.add(new Program(i, caller(i, host, report), screens, community));
        }
        return programs;
    }

    private Caller caller(int number, Person host, Report report) {
        Subject subject = subjects.get(number);
        Person next = subjects.get((number + 1) % subjects.size()).account();
        Person previous =
                subjects.get((number + subjects.size() - 1) % subjects.size()).account();
        List<Person> known = IntStream.range(0, PEOPLE_OF_ONE)
                .mapToObj(i -> people.get((number + i) % people.size()))
                .toList();
        return new Caller(
                subject,
                new Caller.Token(subject.instance().apiTokenInstance()),
                simulator,
                report,
                known,
                previous,
                chats(number, subject, known, next),
                rooms(number, subject, known, host));
    }

    private List<Chat> chats(int number, Subject subject, List<Person> known, Person next) {
        List<Chat> chats = new ArrayList<>();
        for (Person person : List.of(known.get(0), known.get(1), next)) {
            String name = "c%d-%d".formatted(number, chats.size());
            chats.add(new Chat(name, person.phone() + "@c.us", Optional.empty(), List.of(person)));
        }
        String group = simulator.createGroup(
                "Talk " + number,
                number % 2 == 0 ? "lid" : "pn",
                known.get(0).phone(),
                known.get(1).phone(),
                next.phone(),
                subject.account().phone());
        simulator.act(
                group,
                known.get(0).phone(),
                "promote",
                Map.of("targets", List.of(subject.account().phone())));
        chats.add(new Chat(
                "c%d-group".formatted(number), group, Optional.of(group), List.of(known.get(0), known.get(1), next)));
        return chats;
    }

    private List<Room> rooms(int number, Subject subject, List<Person> known, Person host) {
        List<Room> rooms = new ArrayList<>();
        for (String rank : RANKS) {
            List<String> members =
                    new ArrayList<>(List.of(known.get(2).phone(), known.get(3).phone()));
            if (!rank.equals("none")) {
                members.add(subject.account().phone());
            }
            String id = simulator.createGroup(
                    "Room %d %s".formatted(number, rank),
                    number % 2 == 0 ? "pn" : "lid",
                    host.phone(),
                    members.toArray(String[]::new));
            Room room = new Room(id, host, rank, simulator);
            if (room.meantForAdmin()) {
                room.act(
                        host,
                        "promote",
                        Map.of("targets", List.of(subject.account().phone())));
            }
            rooms.add(room);
        }
        return rooms;
    }
}
