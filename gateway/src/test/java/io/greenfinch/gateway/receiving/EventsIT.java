package io.greenfinch.gateway.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens, as a stream of server-sent events. */
@Timeout(90)
class EventsIT {

    @TempDir
    private Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private States states;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        states = new States(instance);
    }

    @AfterEach
    void stop() {
        gateway.close();
        http.close();
    }

    private OpenStream open(String last) throws IOException, InterruptedException {
        return new OpenStream(http, gateway.gateway().apiUrl() + TestGateway.path(instance, "events"), last);
    }

    @Test
    void tellsWhatHappensWhetherItIsNotifiedOfOrNot() throws Exception {
        states.change(gateway, 1); // nobody has asked yet
        try (OpenStream stream = open("")) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(stream.header("cache-control")).isEqualTo("no-store");
            states.change(gateway, 3);
            assertThat(stream.next("notification", 3))
                    .extracting(OpenStream.Event::data)
                    .containsExactly(states.body(2), states.body(3), states.body(4));
        }
    }

    @Test
    void goesOnWhereSomebodyWasBefore() throws Exception {
        List<OpenStream.Event> seen = new ArrayList<>();
        try (OpenStream stream = open("")) {
            states.change(gateway, 2);
            seen.addAll(stream.next("notification", 1));
        }
        states.change(gateway, 2);
        gateway.close();
        gateway = TestGateway.start(data);
        states.change(gateway, 1);
        try (OpenStream stream = open(seen.getLast().id())) {
            seen.addAll(stream.next("notification", 4));
        }
        assertThat(seen)
                .extracting(OpenStream.Event::data)
                .containsExactly(states.body(1), states.body(2), states.body(3), states.body(4), states.body(5));
        assertThat(seen.stream().map(OpenStream.Event::id).distinct()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999", "none of ours", "-5"})
    void tellsWhenSomethingIsMissing(String last) throws Exception {
        states.change(gateway, 1);
        try (OpenStream stream = open(last)) {
            OpenStream.Event first = stream.next();
            assertThat(first.kind()).isEqualTo("gap");
            assertThat(stream.next("notification", 1).getFirst().data()).isEqualTo(states.body(1));
        }
        try (OpenStream stream = open("0")) {
            assertThat(stream.next().kind())
                    .as("nothing is missing from the first on")
                    .isNotEqualTo("gap");
        }
    }

    @Test
    void servesSomeOfAnInstanceAndNotAnyNumber() throws Exception {
        List<OpenStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                open.add(open(""));
                assertThat(open.getLast().status()).isEqualTo(200);
            }
            open.add(open(""));
            assertThat(open.getLast().status()).isEqualTo(429);
            assertThat(open.getLast().header("Greenfinch-Reason")).isEqualTo("busy");
            states.change(gateway, 1);
            for (OpenStream stream : open.subList(0, 16)) {
                assertThat(stream.next("notification", 1)).hasSize(1);
            }
        } finally {
            for (OpenStream stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void endsWithTheTokenAndWithTheGateway() throws Exception {
        try (OpenStream stream = open("")) {
            gateway.get(TestGateway.path(instance, "updateApiToken"));
            assertThat(stream.ends()).isTrue();
        }
        Gateway.NewInstance other = gateway.gateway().createInstance("other");
        try (OpenStream stream =
                new OpenStream(http, gateway.gateway().apiUrl() + TestGateway.path(other, "events"), "")) {
            long started = System.nanoTime();
            gateway.close();
            assertThat(stream.ends()).isTrue();
            assertThat((System.nanoTime() - started) / 1_000_000_000L)
                    .as("seconds that a stop takes")
                    .isLessThan(4);
        }
    }
}
