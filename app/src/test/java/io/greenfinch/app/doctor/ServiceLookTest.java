package io.greenfinch.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.greenfinch.app.doctor.Finding.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceLookTest {

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aClockThatIsRightIsToldFromOneThatIsNot() {
        Clock right = Clock.systemUTC();
        assertThat(look(right)).extracting(Finding::verdict).containsExactly(Verdict.OK, Verdict.OK);
        assertThat(look(Clock.offset(right, Duration.ofHours(-1)))).last().satisfies(clock -> {
            assertThat(clock.about()).isEqualTo("clock");
            assertThat(clock.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(clock.found()).matches("3(59|60)[0-9] s off that of 127.0.0.1");
            assertThat(clock.remedy()).contains("NTP");
        });
    }

    @Test
    void whatIsNotThereIsToldWithARemedy() {
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(look(URI.create("ws://127.0.0.1:" + port), Clock.systemUTC()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
                    assertThat(finding.remedy()).contains("port " + port);
                });
        assertThat(look(URI.create("wss://nowhere.invalid/ws"), Clock.systemUTC()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo("there is no host nowhere.invalid"));
    }

    private List<Finding> look(Clock clock) {
        return look(URI.create("ws://127.0.0.1:" + server.getAddress().getPort() + "/ws"), clock);
    }

    private static List<Finding> look(URI url, Clock clock) {
        return new ServiceLook("WhatsApp", url, Optional.empty(), clock).look();
    }
}
