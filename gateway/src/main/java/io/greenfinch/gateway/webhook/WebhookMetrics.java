package io.greenfinch.gateway.webhook;

import io.greenfinch.gateway.webhook.Attempt.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts requests to webhooks: never by instance or address. Thread-safe. */
final class WebhookMetrics {

    private final MeterRegistry registry;

    WebhookMetrics(MeterRegistry registry, WebhookSender sender) {
        this.registry = registry;
        timer("delivered", "none");
        Gauge.builder("greenfinch.webhook.underway", sender, WebhookSender::running)
                .description("Instances whose notifications are being sent")
                .register(registry);
    }

    void ended(Outcome outcome, Duration took) {
        switch (outcome) {
            case Outcome.Taken taken -> timer("delivered", "none").record(took);
            case Outcome.GivenUp givenUp -> timer("given-up", "none").record(took);
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
