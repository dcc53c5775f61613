package io.greenfinch.interop.delivery;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.service.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who writes to whom: each instance to some people, to another instance, and in a group with people and another instance; people on
 * their phones likewise, the owners of our accounts among them.
 */
final class Correspondences {

    private static final int FEWEST_PEOPLE = 4;
    private static final int DIRECT = 3;

    private final List<Subject> subjects;
    private final List<Person> people = new ArrayList<>();
    private final List<Correspondence> all = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();

    Correspondences(SimulatorAdmin simulator, List<Subject> subjects) {
        this.subjects = List.copyOf(subjects);
        int crowd = Math.max(FEWEST_PEOPLE, subjects.size() / 2);
        for (int i = 0; i < crowd; i++) {
            people.add(simulator.createPerson("Person " + i));
        }
        for (int i = 0; i < subjects.size(); i++) {
            Subject one = subjects.get(i);
            Subject next = subjects.get((i + 1) % subjects.size());
            for (int j = 0; j < DIRECT; j++) {
                add(Optional.empty(), List.of(one), List.of(people.get((i + j) % crowd)));
            }
            add(Optional.empty(), List.of(one, next), List.of());
            List<Person> members = List.of(people.get(i % crowd), people.get((i + 1) % crowd));
            String group = simulator.createGroup(
                    "Group " + i,
                    i % 2 == 0 ? "lid" : "pn",
                    members.getFirst().phone(),
                    members.getLast().phone(),
                    one.account().phone(),
                    next.account().phone());
            add(Optional.of(group), List.of(one, next), members);
        }
        for (Correspondence correspondence : all) {
            correspondence.ours().forEach(subject -> lanes.add(Lane.of(subject, correspondence)));
            lanes.add(Lane.ofPhones(correspondence));
        }
    }

    private void add(Optional<String> group, List<Subject> ours, List<Person> others) {
        all.add(new Correspondence(all.size(), group, ours, others));
    }

    List<Subject> subjects() {
        return subjects;
    }

    List<Correspondence> all() {
        return all;
    }

    List<Lane> lanes() {
        return lanes;
    }

    /** The lanes of an instance. */
    List<Lane> lanesOf(Subject subject) {
        return lanes.stream()
                .filter(lane -> lane.sender().filter(subject::equals).isPresent())
                .toList();
    }

    /** The lanes of phones. */
    List<Lane> lanesOfPhones() {
        return lanes.stream().filter(lane -> lane.sender().isEmpty()).toList();
    }
}
