package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/**
 * Memory of an idle linked session that has chats: 50 people have written to it, and in each of its 20 groups of ten somebody has.
 * Resident memory of the gateway with few such sessions and with many, after collections, as {@link IdleMemory} takes it.
 */
final class ChatMemory {

    private static final int FEW = Integer.getInteger("chats.few", 100);
    private static final int MANY = Integer.getInteger("chats.many", 500);
    private static final int CHATS = 50;
    private static final int GROUPS = 20;
    private static final int MEMBERS = 10;
    private static final double BUDGET_KIB = 150;

    private ChatMemory() {}

    /** What a gateway takes. */
    private record Taken(long residentKib, long reachableKib) {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder)) {
            List<String> contacts;
            try (People people = new People(fleet)) {
                contacts = people.create(CHATS);
            }
            Taken few = add(fleet, contacts, FEW);
            Taken many = add(fleet, contacts, MANY - FEW);
            System.out.println(few + " at " + FEW + ", " + many + " at " + MANY);
            double sessions = MANY - FEW;
            System.out.printf(
                    "reachable heap of a session: %.1f KiB%n", (many.reachableKib() - few.reachableKib()) / sessions);
            return List.of(Load.figure(
                    "idle session with " + CHATS + " chats and " + GROUPS + " groups",
                    (many.residentKib() - few.residentKib()) / sessions,
                    "KiB",
                    BUDGET_KIB));
        }
    }

    private static Taken add(Fleet fleet, List<String> contacts, int sessions) throws Exception {
        List<Fleet.Linked> linked = fleet.link(sessions);
        // Connections that have been idle for as long as the last measurement took may be closed.
        try (People people = new People(fleet)) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < contacts.size(); i++) {
                int contact = i;
                work.add(() -> meet(fleet, people, contacts, contact, linked));
            }
            Together.run(work);
        }
        fleet.awaitAcknowledged(linked);
        return new Taken(IdleMemory.settled(fleet), fleet.gateway().reachableBytes() / 1024);
    }

    /** One of them writes to everybody, and the first twenty of them have a group with each. */
    private static int meet(Fleet fleet, People people, List<String> contacts, int which, List<Fleet.Linked> linked)
            throws Exception {
        String self = contacts.get(which);
        for (Fleet.Linked each : linked) {
            people.write(self, each.phone(), "Hello");
            if (which < GROUPS) {
                List<String> members = new ArrayList<>(contacts.subList(which + 1, which + MEMBERS - 1));
                members.add(each.phone());
                JsonNode group = fleet.http()
                        .post(
                                fleet.admin("/admin/groups"),
                                Map.of("subject", "Group " + which, "creator", self, "members", members));
                people.write(self, group.get("id").asString(), "Hello");
            }
        }
        return linked.size();
    }
}
