package io.greenfinch.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts answers by method, status and reason: no ids, no tokens. Thread-safe. */
public record Traffic(MeterRegistry registry) {

    void answered(String method, Reply answer, Duration took) {
        Timer.builder("greenfinch.http.requests")
                .description("Requests answered")
                .tag("method", method)
                .tag("status", Integer.toString(answer.status()))
                .tag("reason", answer.reason().orElse("none"))
                .register(registry)
                .record(took);
    }
}
