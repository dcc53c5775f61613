package io.greenfinch.bench.load;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway adds to a leave: the time of the HTTP request less the time that the simulator took from receiving that
 * very leave to sending its result.
 */
final class LeaveLatency {

    private static final int INSTANCES = 20;
    private static final int IN_FLIGHT = 64;
    private static final int ROUNDS = Integer.getInteger("leave.rounds", 80);
    private static final int EACH = 10;

    /** About what a real service takes. */
    private static final int SERVICE_MILLIS = 200;

    private static final long PACE_NANOS = SERVICE_MILLIS * 1_000_000L / IN_FLIGHT;

    private static final double BUDGET_P50_MILLIS = 0.5;
    private static final double BUDGET_P99_MILLIS = 2;
    private static final Pattern LEAVE = Pattern.compile("<iq [^>]*\\bid=\"([^\"]+)\".*<group id=\"([^\"]+)\"");

    private LeaveLatency() {}

    static List<Load.Figure> measure(Path launcher, Path folder) throws Exception {
        try (Fleet fleet = new Fleet(launcher, folder);
                Caller caller = new Caller(fleet.apiUrl())) {
            List<Fleet.Linked> linked = fleet.link(INSTANCES);
            String host = fleet.service().person();
            // A service that answers at once would measure how many leaves two cores can do, not what one of them
            // costs. Nothing is done before the delay is over: the notification of a leave ends the wait for its
            // result.
            fleet.http()
                    .post(
                            fleet.admin("/admin/faults"),
                            Map.of("kind", "delay", "millis", SERVICE_MILLIS, "child", "leave", "times", 0));
            List<Double> added = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                Map<String, Long> http = round(fleet, caller, linked, host);
                List<Double> differences = differences(fleet, http);
                if (round >= ROUNDS / 2) { // the first half warms the virtual machine up
                    added.addAll(differences);
                }
            }
            double[] sorted =
                    added.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            System.out.println("leaves measured: " + sorted.length + ", max ms: " + sorted[sorted.length - 1]);
            return List.of(
                    Load.figure("leaveGroup, time added, p50", Load.quantile(sorted, 0.5), "ms", BUDGET_P50_MILLIS),
                    Load.figure("leaveGroup, time added, p99", Load.quantile(sorted, 0.99), "ms", BUDGET_P99_MILLIS));
        }
    }

    /**
     * Each instance leaves ten new groups. Requests come evenly, as many as are answered meanwhile, so that 64 are in
     * flight; all at once they would measure only how long the last one waits for its turn on two cores. Nanoseconds by
     * group.
     */
    private static Map<String, Long> round(Fleet fleet, Caller caller, List<Fleet.Linked> linked, String host)
            throws Exception {
        Map<String, Fleet.Linked> groups = new HashMap<>();
        for (Fleet.Linked each : linked) {
            for (int i = 0; i < EACH; i++) {
                groups.put(fleet.service().group(host, each.phone()), each);
            }
        }
        Thread.sleep(300);
        Semaphore places = new Semaphore(IN_FLIGHT);
        Map<String, Future<Long>> futures = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long next = System.nanoTime();
            for (Map.Entry<String, Fleet.Linked> leave : groups.entrySet()) {
                places.acquire();
                next += PACE_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
                futures.put(leave.getKey(), threads.submit(() -> {
                    try {
                        String body = Http.JSON.writeValueAsString(Map.of("groupId", leave.getKey()));
                        String path = URI.create(fleet.method(leave.getValue(), "leaveGroup"))
                                .getPath();
                        long begin = System.nanoTime();
                        String answer = caller.post(path, body);
                        long nanos = System.nanoTime() - begin;
                        if (!answer.equals("{\"leaveGroup\":true}")) {
                            throw new IllegalStateException("a leave answered " + answer);
                        }
                        return nanos;
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        Map<String, Long> nanos = new HashMap<>();
        for (Map.Entry<String, Future<Long>> future : futures.entrySet()) {
            nanos.put(future.getKey(), future.getValue().get());
        }
        return nanos;
    }

    /** Milliseconds that the gateway added, for each leave whose stanza the simulator still remembers. */
    private static List<Double> differences(Fleet fleet, Map<String, Long> http) throws Exception {
        Map<String, String> groups = new HashMap<>();
        for (JsonNode stanza : fleet.http().get(fleet.admin("/admin/stanzas?contains=%3Cleave%3E&limit=2000"))) {
            Matcher leave = LEAVE.matcher(stanza.get("stanza").asString());
            if (stanza.get("direction").asString().equals("received") && leave.find()) {
                groups.put(stanza.get("device").asString() + " " + leave.group(1), leave.group(2));
            }
        }
        List<Double> added = new ArrayList<>();
        for (JsonNode iq : fleet.http().get(fleet.admin("/admin/iqs?xmlns=w:g2&child=leave&limit=1000"))) {
            String group =
                    groups.get(iq.get("device").asString() + " " + iq.get("id").asString());
            Long whole = group == null ? null : http.get(group);
            if (whole != null && iq.has("answeredNanos")) {
                long served = iq.get("answeredNanos").asLong()
                        - iq.get("receivedNanos").asLong();
                added.add((whole - served) / 1e6);
            }
        }
        return added;
    }
}
