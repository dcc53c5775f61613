package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.Client;
import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.DisconnectCause;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the engine counts, as operators scrape it. */
final class EngineMetricsTest {

    @Test
    void tellsOfTheEnginesInnerLifeWithoutNamingAnybody() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        EngineMetrics metrics = new EngineMetrics();
        metrics.bindTo(registry);
        try (Client client = new Client(ClientSettings.defaults(), metrics, Clock.systemUTC(), new SecureRandom())) {
            metrics.watch(client);
            metrics.committed(Duration.ofMillis(3).toNanos(), true);
            metrics.committed(Duration.ofMillis(4).toNanos(), false);
            metrics.nacked(487);
            metrics.nacked(487);
            metrics.discarded(DisconnectCause.STORE);
            metrics.disconnected(DisconnectCause.KEEPALIVE_TIMEOUT);

            assertThat(registry.scrape())
                    .contains("greenfinch_engine_commit_seconds_count{outcome=\"durable\"} 1")
                    .contains("greenfinch_engine_commit_seconds_count{outcome=\"failed\"} 1")
                    .contains("greenfinch_engine_nacked_total{error=\"487\"} 2.0")
                    .contains("greenfinch_engine_discarded_total{cause=\"store\"} 1.0")
                    .contains("greenfinch_engine_disconnected_total{cause=\"keepalive-timeout\"} 1.0")
                    .contains("greenfinch_engine_intake 0.0")
                    .contains("greenfinch_engine_silence{le=\"25\"} 0.0")
                    .contains("greenfinch_engine_silence{le=\"+Inf\"} 0.0");
        }
    }
}
