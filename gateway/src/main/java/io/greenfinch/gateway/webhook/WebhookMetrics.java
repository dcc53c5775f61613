package io.greenfinch.gateway.webhook;

import io.greenfinch.gateway.webhook.Attempt.Outcome;
import io.greenfinch.gateway.work.Rota;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts requests to webhooks: never by instance or address. Thread-safe. */
record WebhookMetrics(MeterRegistry registry) {

    /** Measures for how many instances something is sent. */
    static void watch(MeterRegistry registry, Rota rota) {
        Gauge.builder("greenfinch.webhook.underway", rota, Rota::running)
                .description("Instances whose notifications are being sent")
                .register(registry);
    }

    void ended(Outcome outcome, Duration took) {
        switch (outcome) {
            case Outcome.Taken _ -> timer("delivered", "none").record(took);
            case Outcome.GivenUp _ -> timer("given-up", "none").record(took);
            case Outcome.Failed failed -> timer("failed", failed.cause()).record(took);
        }
    }

    private Timer timer(String outcome, String cause) {
        return Timer.builder("greenfinch.webhook.requests")
                .description("Requests to webhooks")
                .tag("outcome", outcome)
                .tag("cause", cause)
                .register(registry);
    }
}
