package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who is let in when the house is full, and to whom metrics are told. */
class DoorkeeperIT {

    private static final Map<List<String>, Supplier<Reply>> PAGES = Map.of(
            List.of("health", "live"), () -> Reply.text(200, "text/plain", "well"),
            List.of("metrics"), () -> Reply.text(200, "text/plain", "figures"));

    private static HttpServer start(int places) {
        PageHandler pages = new PageHandler(PAGES, Clock.systemUTC());
        return HttpServer.start("127.0.0.1", 0, Duration.ofSeconds(25), Clock.systemUTC(), false, pages, places);
    }

    private static Socket connected(HttpServer server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String asked(Socket socket, String path, String host) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void healthIsToldWhenAllPlacesAreTaken() throws IOException {
        List<Socket> holders = new ArrayList<>();
        try (HttpServer server = start(2)) {
            for (int i = 0; i < 2 + Doorkeeper.SPARE; i++) {
                holders.add(connected(server));
            }
            try (Socket health = connected(server);
                    Socket other = connected(server)) {
                assertThat(asked(health, "/health/live", "localhost")).startsWith("HTTP/1.1 200 ");
                assertThat(asked(other, "/metrics", "localhost")).startsWith("HTTP/1.1 503 ");
            }
        } finally {
            for (Socket holder : holders) {
                holder.close();
            }
        }
    }

    @Test
    void thereAreAsManyPlacesAsFilesCanBeOpened() {
        assertThat(Doorkeeper.places(1024)).isEqualTo(496);
        assertThat(Doorkeeper.places(100)).isEqualTo(64);
        assertThat(Doorkeeper.places(1_048_576)).isEqualTo(20_000);
        assertThat(Doorkeeper.places(Long.MAX_VALUE)).isEqualTo(20_000);
    }

    @Test
    void metricsAreToldToNoForeignPage() throws IOException {
        try (HttpServer server = start(100)) {
            for (String host : List.of("localhost", "127.0.0.1:9464", "[::1]:9464")) {
                try (Socket socket = connected(server)) {
                    assertThat(asked(socket, "/metrics", host))
                            .startsWith("HTTP/1.1 200 ")
                            .doesNotContainIgnoringCase("access-control");
                }
            }
            for (String path : List.of("/metrics", "/other")) {
                try (Socket socket = connected(server)) {
                    assertThat(asked(socket, path, "evil.example"))
                            .startsWith("HTTP/1.1 403 ")
                            .doesNotContain("figures")
                            .doesNotContainIgnoringCase("access-control");
                }
            }
            try (Socket socket = connected(server)) {
                assertThat(asked(socket, "/%zz%", "localhost")).doesNotContainIgnoringCase("access-control");
            }
        }
    }
}
