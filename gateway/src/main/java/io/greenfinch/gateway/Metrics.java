package io.greenfinch.gateway;

import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.http.PageHandler;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.InstanceState;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/** What the gateway counts, for Prometheus. Never names a token, an account or a chat. */
final class Metrics implements AutoCloseable {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** What the JVM tells of itself takes as long to set up as a tenth of the start. */
    private static final Duration UNTIL_PROCESS = Duration.ofSeconds(2);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private @Nullable JvmGcMetrics collections;

    /** The process itself is measured soon after the start, or when somebody asks before that. */
    Metrics(Timers timers, Clock clock) {
        timers.at(clock.instant().plus(UNTIL_PROCESS), () -> Thread.ofVirtual().start(this::measureProcess));
    }

    private synchronized void measureProcess() {
        if (collections == null && !registry.isClosed()) {
            new JvmMemoryMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            collections = new JvmGcMetrics();
            collections.bindTo(registry);
        }
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Measures instances by state and the store's backlog, each time somebody asks. */
    void watch(Instances instances, Database database, Clock clock) {
        for (InstanceState state : InstanceState.values()) {
            Gauge.builder(
                            "greenfinch.instances",
                            instances,
                            all -> all.all().stream()
                                    .filter(instance -> instance.deleted().isEmpty())
                                    .filter(instance -> instance.state(clock.instant()) == state)
                                    .count())
                    .description("Instances by state")
                    .tag("state", state.wire())
                    .register(registry);
        }
        Gauge.builder("greenfinch.store.backlog", database, Database::backlog)
                .description("Units waiting to be written")
                .register(registry);
    }

    /** Answers {@code /metrics}. */
    Handler handler(Clock clock) {
        return new PageHandler(Map.of(List.of("metrics"), this::scrape), clock);
    }

    private Reply scrape() {
        measureProcess();
        return Reply.text(200, TYPE, registry.scrape());
    }

    @Override
    public synchronized void close() {
        if (collections != null) {
            collections.close();
        }
        registry.close();
    }
}
