package io.greenfinch.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts answers by method, status and reason: no ids, no tokens. Thread-safe. */
public final class Traffic {

    private final MeterRegistry registry;

    public Traffic(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(String method, Answer answer, Duration took) {
        Timer.builder("greenfinch.http.requests")
                .description("Requests answered")
                .tag("method", method)
                .tag("status", Integer.toString(answer.status()))
                .tag("reason", answer.reason().orElse("none"))
                .register(registry)
                .record(took);
    }
}
