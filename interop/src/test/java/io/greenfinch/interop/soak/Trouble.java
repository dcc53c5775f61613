package io.greenfinch.interop.soak;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Faults from the simulator's list (docs/simulator.md), each for one account, a few times. For one thread. */
final class Trouble {

    /** Faults of requests. Those that are processed take effect all the same. */
    private static final List<Map<String, Object>> OF_REQUESTS = List.of(
            Map.of("kind", "error", "code", 429, "backoff", 1),
            Map.of("kind", "error", "code", 500),
            Map.of("kind", "error", "code", 503, "processed", true),
            Map.of("kind", "no-answer"),
            Map.of("kind", "no-answer", "processed", true),
            Map.of("kind", "delay", "millis", 3_000),
            Map.of("kind", "delay", "millis", 3_000, "processed", true),
            Map.of("kind", "cut"),
            Map.of("kind", "cut", "processed", true),
            Map.of("kind", "half-open", "processed", true),
            Map.of("kind", "duplicate"),
            Map.of("kind", "reorder"),
            Map.of("kind", "corrupt"),
            Map.of("kind", "fragment"),
            Map.of("kind", "stream-error", "code", 503));

    /** Faults that only a leave has. */
    private static final List<Map<String, Object>> OF_LEAVES = List.of(
            Map.of("kind", "echo-first"),
            Map.of("kind", "empty-leave"),
            Map.of("kind", "absent-group"),
            Map.of("kind", "absent-group", "processed", false));

    private static final List<String> CHANGES =
            List.of("add", "remove", "promote", "demote", "subject", "locked", "unlocked", "announcement", "query");

    /** Faults of what the service tells by itself; with some of them news overtake each other. */
    private static final List<Map<String, Object>> OF_NEWS = List.of(
            Map.of("kind", "duplicate"),
            Map.of("kind", "corrupt"),
            Map.of("kind", "cut"),
            Map.of("kind", "no-answer"),
            Map.of("kind", "delay", "millis", 2_000),
            Map.of("kind", "reorder"));

    /** Of roles our accounts are always told in time, since answers name them. */
    private static final List<String> NEWS = List.of(
            "add",
            "remove",
            "subject",
            "description",
            "locked",
            "unlocked",
            "announcement",
            "not_announcement",
            "ephemeral",
            "not_ephemeral");

    /** So many of the latest may still strike; who would be hit by an older one was not there in time. */
    private static final int PENDING = 100;

    private final Stage stage;
    private final Queue<Long> pending = new ArrayDeque<>();
    private final AtomicInteger ordered = new AtomicInteger();

    Trouble(Stage stage) {
        this.stage = stage;
    }

    /** One more fault. */
    void order(RandomGenerator random) {
        Map<String, Object> fault = new HashMap<>();
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                fault.putAll(Stage.any(OF_NEWS, random));
                fault.put("stanza", "notification");
                fault.put("child", Stage.any(NEWS, random));
            }
            case 2, 3 -> ofRequest(fault, OF_REQUESTS, "leave", random);
            case 4 -> ofRequest(fault, OF_LEAVES, "leave", random);
            default -> ofRequest(fault, OF_REQUESTS, Stage.any(CHANGES, random), random);
        }
        fault.put("account", stage.anySubject(random).account().phone());
        fault.put("times", 1 + random.nextInt(3));
        pending.add(stage.simulator().order(fault));
        ordered.incrementAndGet();
        if (pending.size() > PENDING) {
            stage.simulator().withdraw(pending.remove());
        }
    }

    private static void ofRequest(
            Map<String, Object> fault, List<Map<String, Object>> kinds, String child, RandomGenerator random) {
        fault.putAll(Stage.any(kinds, random));
        fault.put("child", child);
        fault.put("xmlns", "w:g2");
    }

    /** How many faults were ordered. */
    int ordered() {
        return ordered.get();
    }
}
