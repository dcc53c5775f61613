package io.greenfinch.gateway;

import io.greenfinch.client.Client;
import io.greenfinch.client.ClientMetrics;
import io.greenfinch.client.DisconnectCause;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What the engine counts of its inner life: commits, discarded sessions, refused stanzas, lost connections, what waits for the
 * store, and how long servers have been silent, as buckets and never by account. Thread-safe; before it is bound somewhere
 * it counts nothing.
 */
final class EngineMetrics implements ClientMetrics {

    /** Upper ends of the buckets of silence, in seconds: a ping goes out after 25, the cut comes after 35. */
    private static final int[] SILENCES = {1, 5, 15, 25, 35, 60};

    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final Timer durable = commits("durable");
    private final Timer failed = commits("failed");

    private Timer commits(String outcome) {
        return Timer.builder("greenfinch.engine.commit")
                .description("From a unit of changes and events to its fate in the store")
                .tag("outcome", outcome)
                .register(registry);
    }

    void bindTo(MeterRegistry target) {
        registry.add(target);
    }

    /** Measures what all sessions of this client have waiting and how long their servers are silent. */
    void watch(Client client) {
        Gauge.builder("greenfinch.engine.intake", client, Client::depth)
                .description("Stanzas and events that wait for their place in the store")
                .register(registry);
        for (int end : SILENCES) {
            watch(client, Integer.toString(end), silence -> silence.compareTo(Duration.ofSeconds(end)) <= 0);
        }
        watch(client, "+Inf", silence -> true);
    }

    private void watch(Client client, String end, Predicate<Duration> within) {
        Gauge.builder(
                        "greenfinch.engine.silence",
                        client,
                        all -> all.silences().stream().filter(within).count())
                .description("Connections from which something came within so many seconds")
                .tag("le", end)
                .register(registry);
    }

    @Override
    public void committed(long nanos, boolean wasDurable) {
        (wasDurable ? durable : failed).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void discarded(DisconnectCause cause) {
        count("discarded", "cause", cause.word());
    }

    @Override
    public void nacked(int error) {
        count("nacked", "error", Integer.toString(error));
    }

    @Override
    public void historyRead(boolean whole) {
        count("history", "outcome", whole ? "read" : "given-up");
    }

    @Override
    public void disconnected(DisconnectCause cause) {
        count("disconnected", "cause", cause.word());
    }

    private void count(String what, String tag, String value) {
        registry.counter("greenfinch.engine." + what, tag, value).increment();
    }
}
