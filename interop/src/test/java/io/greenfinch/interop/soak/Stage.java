package io.greenfinch.interop.soak;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.service.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * Everybody and every group of a soak. Each group has a host, whose phone created it and who never leaves: so no member
 * of ours becomes an administrator by succession, behind everybody's back. Thread-safe.
 */
final class Stage {

    /** The aspects of a group that are not somebody's place in it. */
    static final String NAME = "name";

    static final String SETTINGS = "settings";

    private static final int HOSTS = 5;
    private static final int GUESTS = 15;
    private static final int GROUPS = 60;
    private static final int OURS_IN_A_GROUP = 6;
    private static final int OUR_ADMINS_IN_A_GROUP = 4;
    private static final int GUESTS_IN_A_GROUP = 4;

    private final SimulatorAdmin simulator;
    private final List<Subject> subjects;
    private final List<Person> hosts = new ArrayList<>();
    private final List<Person> guests = new ArrayList<>();
    private final List<String> groups = new CopyOnWriteArrayList<>();
    private final Map<String, Person> hostOf = new ConcurrentHashMap<>();
    private final Map<String, Membership> memberships = new ConcurrentHashMap<>();
    private final Map<String, Aspect> aspects = new ConcurrentHashMap<>();

    Stage(SimulatorAdmin simulator, List<Subject> subjects, RandomGenerator random) {
        this.simulator = simulator;
        this.subjects = List.copyOf(subjects);
        for (int i = 0; i < HOSTS; i++) {
            hosts.add(simulator.createPerson("Host " + i));
        }
        for (int i = 0; i < GUESTS; i++) {
            guests.add(simulator.createPerson("Guest " + i));
        }
        for (int i = 0; i < GROUPS; i++) {
            Person host = any(hosts, random);
            List<String> members = new ArrayList<>();
            for (int j = 0; j < OURS_IN_A_GROUP; j++) {
                members.add(any(this.subjects, random).account().phone());
            }
            for (int j = 0; j < GUESTS_IN_A_GROUP; j++) {
                members.add(any(guests, random).phone());
            }
            String group = simulator.createGroup(
                    "Group " + i,
                    i % 2 == 0 ? "lid" : "pn",
                    host.phone(),
                    members.stream().distinct().toArray(String[]::new));
            Object ours = members.subList(0, OUR_ADMINS_IN_A_GROUP).stream()
                    .distinct()
                    .toList();
            simulator.act(group, host.phone(), "promote", Map.of("targets", ours));
            groups.add(group);
            hostOf.put(group, host);
        }
    }

    SimulatorAdmin simulator() {
        return simulator;
    }

    Subject anySubject(RandomGenerator random) {
        return any(subjects, random);
    }

    Person anyGuest(RandomGenerator random) {
        return any(guests, random);
    }

    String anyGroup(RandomGenerator random) {
        return any(groups, random);
    }

    Person hostOf(String group) {
        return Objects.requireNonNull(hostOf.get(group), group);
    }

    Membership membership(Subject subject, String group) {
        return memberships.computeIfAbsent(
                subject.instance().idInstance() + " " + group, key -> new Membership(subject, group));
    }

    /** A group's name, its settings, or the place in it of the guest with that phone number. */
    Aspect aspect(String group, String what) {
        return aspects.computeIfAbsent(group + " " + what, key -> new Aspect());
    }

    /** What one of ours is in a group: {@code none}, {@code member}, {@code admin} or {@code superadmin}. */
    String rank(Membership membership) {
        return rank(membership.group, membership.subject.account().phone());
    }

    /** What somebody is in a group. */
    String rank(String group, String phone) {
        return simulator
                .group(group)
                .get("members")
                .valueStream()
                .filter(member -> member.get("phone").asString().equals(phone))
                .map(member -> member.get("rank").asString())
                .findFirst()
                .orElse("none");
    }

    static <T> T any(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }
}
