package io.greenfinch.client.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A group as a session knows it, with the server's version ids of its member list (specification §16.2, §18). The ids
 * are opaque, but they grow. Changes of settings bear no version: of them the time tells which is the newer. Immutable.
 *
 * @param group the metadata
 * @param version the version that {@code group} contains; empty when unknown
 * @param told the version of the last change that became an event; later ones are still to be told
 * @param settingsAt the moment, by the server's clock and in whole seconds, up to which {@code group} contains all
 *     changes of settings
 */
public record KnownGroup(Group group, String version, String told, Instant settingsAt) {

    /** True when a change with this version is not yet part of the member list. */
    public boolean lacks(String change) {
        return newer(change, version);
    }

    /** True when a change with this version has not become an event yet. */
    public boolean untold(String change) {
        return newer(change, told);
    }

    /** True when a change that follows {@code previous} follows what is known here: no change is missing in between. */
    public boolean follows(String previous) {
        return previous.isEmpty() || version.isEmpty() || previous.equals(version);
    }

    /** True when {@code fetched} is older than what is known here: it lacks a change of members. */
    public boolean overtook(KnownGroup fetched) {
        return isNumber(version) && isNumber(fetched.version) && newer(version, fetched.version);
    }

    /** True when {@code fetched} tells anything else than what is known here. */
    public boolean differs(KnownGroup fetched) {
        return !group.equals(fetched.group) || !version.equals(fetched.version);
    }

    /** This group with newer metadata; what was told stays told. */
    public KnownGroup refreshed(KnownGroup fetched) {
        return new KnownGroup(fetched.group, fetched.version, told, later(settingsAt, fetched.settingsAt));
    }

    /** The same, containing all changes of settings until that moment. */
    public KnownGroup settledAt(Instant moment) {
        return new KnownGroup(group, version, told, later(settingsAt, moment));
    }

    /** The same, with {@code change} told. */
    public KnownGroup withTold(String change) {
        return change.isEmpty() ? this : new KnownGroup(group, version, change, settingsAt);
    }

    /** This group after a change of its members. Doing it twice changes nothing more. */
    public KnownGroup apply(GroupUpdate.Members update) {
        List<Participant> members = new ArrayList<>(group.participants());
        update.people().forEach(changed -> change(members, update.action(), changed));
        String reached = update.version().isEmpty() ? version : update.version();
        return new KnownGroup(group.withParticipants(members), reached, told, settingsAt);
    }

    /** Changes one member of a list. */
    static void change(List<Participant> members, GroupUpdate.Action action, Participant changed) {
        int index = indexOf(members, changed.person());
        switch (action) {
            case ADD -> {
                if (index < 0) {
                    members.add(changed);
                } else {
                    members.set(index, merged(members.get(index), changed.person()));
                }
            }
            case REMOVE -> {
                if (index >= 0) {
                    members.remove(index);
                }
            }
            case PROMOTE -> {
                if (index >= 0 && !members.get(index).role().admin()) {
                    Role role = changed.role().admin() ? changed.role() : Role.ADMIN;
                    members.set(index, new Participant(members.get(index).person(), role));
                }
            }
            case DEMOTE -> {
                if (index >= 0) {
                    members.set(index, new Participant(members.get(index).person(), Role.MEMBER));
                }
            }
        }
    }

    /** This group under another description of itself; the member list is the same. */
    public KnownGroup with(Group changed) {
        return new KnownGroup(changed, version, told, settingsAt);
    }

    private static int indexOf(List<Participant> members, Person person) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).person().sameAs(person)) {
                return i;
            }
        }
        return -1;
    }

    private static Participant merged(Participant member, Person other) {
        return new Participant(member.person().merged(other), member.role());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Ids that can't be compared count as newer: a change applied twice is harmless, a lost one is not. */
    private static boolean newer(String change, String known) {
        if (change.isEmpty() || known.isEmpty()) {
            return true;
        }
        if (isNumber(change) && isNumber(known)) {
            return Long.parseLong(change) > Long.parseLong(known);
        }
        return !change.equals(known);
    }

    private static boolean isNumber(String id) {
        return !id.isEmpty() && id.length() <= 18 && id.chars().allMatch(c -> '0' <= c && c <= '9');
    }
}
