package io.greenfinch.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts answers by method, status and reason: no ids, no tokens. Thread-safe. */
public final class Traffic {

    private final MeterRegistry registry;

    /** As many as there are methods, with the statuses and reasons that each has. */
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    private record Kind(String method, int status, String reason) {}

    /** Counts there. */
    public Traffic(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(String method, Reply answer, Duration took) {
        Kind kind = new Kind(method, answer.status(), answer.reason().orElse("none"));
        timers.computeIfAbsent(kind, this::timer).record(took);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("greenfinch.http.requests")
                .description("Requests answered")
                .tag("method", kind.method)
                .tag("status", Integer.toString(kind.status))
                .tag("reason", kind.reason)
                .register(registry);
    }
}
