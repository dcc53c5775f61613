package io.greenfinch.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How long a message takes from the server's socket to the answer of a poll that waits for it, read by the caller: decrypted, stored
 * and told in between. 20 instances are polled; messages come evenly, one to an instance each fifth of a second. Both moments are
 * taken from the clock of this machine, the first by the simulator when it writes the stanza, the second here.
 */
final class IncomingLatency {

    private static final int INSTANCES = 20;
    private static final int ROUNDS = Integer.getInteger("incoming.rounds", 30);

    /** Messages to each instance in a round: the simulator remembers only its last 2,000 stanzas. */
    private static final int EACH = 10;

    private static final long PACE_NANOS = 10_000_000;
    private static final double BUDGET_P50_MILLIS = 5;
    private static final double BUDGET_P99_MILLIS = 50;
    private static final Pattern ID = Pattern.compile("^<message [^>]*\\bid=\"([^\"]+)\"");

    private IncomingLatency() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder, Map.of("incomingWebhook", "yes"));
                People people = new People(fleet);
                Caller caller = new Caller(fleet.apiUrl())) {
            List<Fleet.Linked> linked = fleet.link(INSTANCES);
            List<String> writers = people.create(INSTANCES);
            List<Double> all = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                List<Double> latencies = round(fleet, people, caller, linked, writers);
                if (round >= ROUNDS / 2) { // the first half warms the virtual machine up
                    all.addAll(latencies);
                }
            }
            double[] sorted =
                    all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            System.out.printf("messages measured: %d, max %.1f ms%n", sorted.length, sorted[sorted.length - 1]);
            return List.of(
                    Load.figure(
                            "incoming message to waiting poll, p50",
                            Load.quantile(sorted, 0.5),
                            "ms",
                            BUDGET_P50_MILLIS),
                    Load.figure(
                            "incoming message to waiting poll, p99",
                            Load.quantile(sorted, 0.99),
                            "ms",
                            BUDGET_P99_MILLIS));
        }
    }

    private static List<Double> round(
            Fleet fleet, People people, Caller caller, List<Fleet.Linked> linked, List<String> writers)
            throws Exception {
        Map<String, Instant> answered = new ConcurrentHashMap<>();
        CountDownLatch polling = new CountDownLatch(linked.size());
        List<Callable<Integer>> work = new ArrayList<>();
        linked.forEach(each -> work.add(() -> poll(caller, each, answered, polling)));
        work.add(() -> write(people, linked, writers, polling));
        Together.run(work);
        Map<String, Instant> sent = sent(fleet);
        List<Double> latencies = new ArrayList<>();
        answered.forEach((id, at) -> {
            Instant begin = sent.get(id);
            if (begin == null) {
                throw new IllegalStateException("the simulator remembers no message " + id);
            }
            latencies.add(Duration.between(begin, at).toNanos() / 1e6);
        });
        return latencies;
    }

    /** Waits for a notification, notes when it came, takes it, and waits for the next. */
    private static int poll(Caller caller, Fleet.Linked instance, Map<String, Instant> answered, CountDownLatch polling)
            throws Exception {
        String path = Fleet.path(instance, "receiveNotification") + "?receiveTimeout=20";
        for (int i = 0; i < EACH; i++) {
            polling.countDown();
            String answer = caller.call("GET", path, "");
            Instant at = Instant.now();
            JsonNode received = Http.JSON.readTree(answer);
            answered.put(received.get("body").get("idMessage").asString(), at);
            String receipt = received.get("receiptId").toString();
            caller.call("DELETE", Fleet.path(instance, "deleteNotification") + "/" + receipt, "");
        }
        return EACH;
    }

    private static int write(People people, List<Fleet.Linked> linked, List<String> writers, CountDownLatch polling)
            throws Exception {
        polling.await();
        long next = System.nanoTime() + 20 * PACE_NANOS;
        for (int i = 0; i < EACH * linked.size(); i++) {
            LockSupport.parkNanos(next - System.nanoTime());
            next += PACE_NANOS;
            int which = i % linked.size();
            people.write(writers.get(which), linked.get(which).phone(), "This is message number " + i);
        }
        return EACH;
    }

    /** When the simulator wrote which message to the socket of an instance. */
    private static Map<String, Instant> sent(Fleet fleet) throws Exception {
        Map<String, Instant> sent = new HashMap<>();
        for (JsonNode stanza : fleet.http().get(fleet.admin("/admin/stanzas?contains=%3Cmessage&limit=2000"))) {
            Matcher id = ID.matcher(stanza.get("stanza").asString());
            if (stanza.get("direction").asString().equals("sent") && id.find()) {
                sent.put(id.group(1), Instant.parse(stanza.get("at").asString()));
            }
        }
        return sent;
    }
}
