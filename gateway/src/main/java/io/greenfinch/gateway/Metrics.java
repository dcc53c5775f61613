package io.greenfinch.gateway;

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
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;

/** What the gateway counts, for Prometheus. Never names a token, an account or a chat. */
final class Metrics implements AutoCloseable {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
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
        return new PageHandler(Map.of(List.of("metrics"), () -> Reply.text(200, TYPE, registry.scrape())), clock);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
