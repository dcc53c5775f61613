package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.interop.service.Subject;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Faults of everything that instances ask, send and are told (docs/simulator.md), each for one account, a few times. For one thread. */
final class Faults {

    /** Faults of requests, whether they take effect (processed) or not. */
    private static final List<Map<String, Object>> OF_REQUESTS = List.of(
            Map.of("kind", "error", "code", 429, "backoff", 1),
            Map.of("kind", "error", "code", 500),
            Map.of("kind", "error", "code", 503),
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

    /** Faults of messages that instances send. */
    private static final List<Map<String, Object>> OF_MESSAGES = List.of(
            Map.of("kind", "error", "code", 500),
            Map.of("kind", "no-answer"),
            Map.of("kind", "no-answer", "processed", true),
            Map.of("kind", "delay", "millis", 2_000),
            Map.of("kind", "delay", "millis", 2_000, "processed", true),
            Map.of("kind", "cut"),
            Map.of("kind", "cut", "processed", true),
            Map.of("kind", "half-open", "processed", true),
            Map.of("kind", "duplicate"),
            Map.of("kind", "corrupt"),
            Map.of("kind", "fragment"));

    /** Faults of what the service tells by itself. */
    private static final List<Map<String, Object>> OF_NEWS = List.of(
            Map.of("kind", "duplicate"),
            Map.of("kind", "corrupt"),
            Map.of("kind", "cut"),
            Map.of("kind", "no-answer"),
            Map.of("kind", "delay", "millis", 2_000));

    private static final List<String> NAMESPACES =
            List.of("w:g2", "w:g2", "w:g2", "w:sync:app:state", "w:profile:picture", "usync", "encrypt", "w:m", "w:p");

    private static final List<String> NEWS = List.of("message", "receipt", "call");

    /** Of roles our accounts are always told in time, since answers name them. */
    private static final List<String> NEWS_OF_GROUPS =
            List.of("add", "remove", "subject", "description", "locked", "unlocked", "announcement", "ephemeral");

    /** So many of the latest may still strike. */
    private static final int PENDING = 100;

    private final SimulatorAdmin simulator;
    private final List<Subject> subjects;
    private final Queue<Long> pending = new ArrayDeque<>();
    private final AtomicInteger ordered = new AtomicInteger();

    Faults(SimulatorAdmin simulator, List<Subject> subjects) {
        this.simulator = simulator;
        this.subjects = subjects;
    }

    /** One more fault. */
    void order(RandomGenerator random) {
        Map<String, Object> fault = new HashMap<>();
        switch (random.nextInt(6)) {
            case 0 -> {
                fault.putAll(Caller.any(OF_NEWS, random));
                fault.put("stanza", "notification");
                fault.put("child", Caller.any(NEWS_OF_GROUPS, random));
            }
            case 1 -> {
                fault.putAll(Caller.any(OF_NEWS, random));
                fault.put("stanza", Caller.any(NEWS, random));
            }
            case 2 -> {
                fault.putAll(Caller.any(OF_MESSAGES, random));
                fault.put("stanza", "sent-message");
            }
            default -> {
                fault.putAll(Caller.any(OF_REQUESTS, random));
                fault.put("xmlns", Caller.any(NAMESPACES, random));
            }
        }
        fault.put("account", Caller.any(subjects, random).account().phone());
        fault.put("times", 1 + random.nextInt(2));
        pending.add(simulator.order(fault));
        ordered.incrementAndGet();
        if (pending.size() > PENDING) {
            simulator.withdraw(pending.remove());
        }
    }

    /** How many faults were ordered. */
    int ordered() {
        return ordered.get();
    }
}
