package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/**
 * Notifications stored a second, for 20 instances that are told of messages. While people write, the simulator works harder than the
 * gateway; therefore what they write is kept back, until the connections are cut and the sessions come back for it: the simulator then
 * only has to send what it has. The time is that in which the outboxes fill, from the first tenth of the notifications to the last
 * one. Each message must have left one notification, which is taken at the end.
 */
final class NotificationRate {

    private static final int INSTANCES = 20;

    /** Who write to each instance. */
    private static final int WRITERS = 2;

    private static final int WARMUP = Integer.getInteger("notifications.warmup", 50);

    /** Of each writer; a mailbox of the simulator has room for 10,000 stanzas. */
    private static final int EACH = Integer.getInteger("notifications.each", 400);

    private static final int FLOODS = 3;

    /** Counting is work for the gateway as well. */
    private static final int LOOK_MILLIS = 50;

    private static final double FROM = 0.1;
    private static final double BUDGET = 5_000;

    private NotificationRate() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder, Map.of("incomingWebhook", "yes"));
                People people = new People(fleet);
                Caller caller = new Caller(fleet.apiUrl())) {
            List<Fleet.Linked> linked = fleet.link(INSTANCES);
            List<String> writers = people.create(INSTANCES * WRITERS);
            long begin = System.nanoTime();
            Set<String> ids = new HashSet<>(write(people, writers, linked, WARMUP));
            awaitCount(caller, linked, ids.size());
            System.out.printf(
                    "while people write: %.0f notifications/s%n", ids.size() / ((System.nanoTime() - begin) / 1e9));

            double perSecond = 0;
            for (int flood = 0; flood < FLOODS; flood++) { // the last one counts
                perSecond = flood(fleet, people, caller, linked, writers, ids);
            }
            check(caller, linked, ids);
            return List.of(Load.rate("durable notifications of messages", perSecond, BUDGET));
        }
    }

    /** What is written waits, then comes at once; returns how many notifications were stored a second. */
    private static double flood(
            Fleet fleet, People people, Caller caller, List<Fleet.Linked> linked, List<String> writers, Set<String> ids)
            throws Exception {
        int before = ids.size();
        fleet.http().post(fleet.admin("/admin/faults"), Map.of("kind", "no-answer", "stanza", "message", "times", 0));
        ids.addAll(write(people, writers, linked, EACH));
        int all = ids.size();
        fleet.http().delete(fleet.admin("/admin/faults"));
        double gateway = fleet.gateway().processorSeconds();
        double simulator = fleet.simulator().processorSeconds();
        fleet.http().post(fleet.admin("/admin/faults"), Map.of("kind", "cut", "now", true));
        int first = awaitCount(caller, linked, before + (int) (FROM * (all - before)));
        long begin = System.nanoTime();
        awaitCount(caller, linked, all);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%d notifications in %.2f s; processor seconds since the cut: gateway %.1f, simulator %.1f%n",
                all - first,
                seconds,
                fleet.gateway().processorSeconds() - gateway,
                fleet.simulator().processorSeconds() - simulator);
        return (all - first) / seconds;
    }

    /** Everybody writes so many messages, one after the other; returns their ids. */
    private static List<String> write(People people, List<String> writers, List<Fleet.Linked> linked, int each)
            throws Exception {
        List<Callable<List<String>>> work = new ArrayList<>();
        for (int i = 0; i < writers.size(); i++) {
            String writer = writers.get(i);
            String to = linked.get(i % linked.size()).phone();
            work.add(() -> {
                List<String> ids = new ArrayList<>();
                for (int number = 0; number < each; number++) {
                    ids.add(people.write(writer, to, "This is message number " + number));
                }
                return ids;
            });
        }
        return Together.run(work).stream().flatMap(List::stream).toList();
    }

    /** Waits until so many notifications wait to be taken; returns how many do. */
    private static int awaitCount(Caller caller, List<Fleet.Linked> linked, int count) throws Exception {
        while (true) {
            int waiting = 0;
            for (Fleet.Linked each : linked) {
                waiting += Http.JSON
                        .readTree(caller.call("GET", Fleet.path(each, "getWebhooksCount"), ""))
                        .get("count")
                        .asInt();
            }
            if (waiting >= count) {
                return waiting;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Takes all of them: each message must be told once. */
    private static void check(Caller caller, List<Fleet.Linked> linked, Set<String> expected) throws Exception {
        List<Callable<List<String>>> takers = new ArrayList<>();
        linked.forEach(each -> takers.add(() -> take(caller, each)));
        List<String> told =
                Together.run(takers).stream().flatMap(List::stream).sorted().toList();
        if (!told.equals(expected.stream().sorted().toList())) {
            throw new IllegalStateException(
                    "of " + expected.size() + " messages " + told.size() + " were told, or other ones");
        }
    }

    private static List<String> take(Caller caller, Fleet.Linked instance) throws Exception {
        List<String> ids = new ArrayList<>();
        int left = Http.JSON
                .readTree(caller.call("GET", Fleet.path(instance, "getWebhooksCount"), ""))
                .get("count")
                .asInt();
        while (left-- > 0) {
            JsonNode received = Http.JSON.readTree(caller.call("GET", Fleet.path(instance, "receiveNotification"), ""));
            ids.add(received.get("body").get("idMessage").asString());
            caller.call(
                    "DELETE",
                    Fleet.path(instance, "deleteNotification") + "/"
                            + received.get("receiptId").asLong(),
                    "");
        }
        return ids;
    }
}
