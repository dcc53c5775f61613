package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Callers whose bodies do not come. */
@TestInstance(Lifecycle.PER_CLASS)
class SlowBodiesIT {

    /** As many as may bring files at the same time. */
    private static final int PLACES = 64;

    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private Path uploads;

    @BeforeAll
    void start(@TempDir Path data) {
        gateway = TestGateway.start(data, Duration.ofSeconds(1));
        instance = gateway.gateway().createInstance("test");
        gateway.of(instance).linked(Phase.ONLINE, Clock.systemUTC().instant());
        uploads = data.resolve("files").resolve("uploads");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void aBodyThatDoesNotComeInTimeIsTold() {
        try (RawConnection slow = new RawConnection(gateway)) {
            slow.lines(
                            "POST " + TestGateway.path(instance, "leaveGroup") + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Length: 100",
                            "")
                    .text("{\"groupId\":");
            assertThat(slow.reply().status()).isEqualTo(408);
            assertThat(slow.ends()).isTrue();
        }
    }

    @Test
    void aHeadThatDoesNotComeInTimeEndsTheConnection() {
        try (RawConnection silent = new RawConnection(gateway);
                RawConnection slow = new RawConnection(gateway).text("GET /health/live HTTP/1.1\r\nHost: loc");
                RawConnection second = new RawConnection(gateway)) {
            second.lines("GET /health/live HTTP/1.1", "Host: localhost", "");
            assertThat(second.reply().status()).isEqualTo(200);
            second.text("GET /health/live HTTP/1.1\r\nHost: loc");
            assertThat(slow.ends()).isTrue();
            assertThat(silent.ends()).isTrue();
            assertThat(second.ends()).isTrue();
        }
    }

    @Test
    void anUploadThatDoesNotComeInTimeIsToldAndLeavesNothing() throws IOException {
        try (RawConnection slow = upload()) {
            assertThat(slow.reply().status()).isEqualTo(408);
            assertThat(slow.ends()).isTrue();
        }
        assertThat(uploads).isEmptyDirectory();
    }

    @Test
    void thoseWhoHoldAllPlacesHoldThemNotForEver() throws IOException {
        List<RawConnection> holders = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * PLACES; i++) {
                holders.add(upload());
            }
            // Who came too late for a place within the time is told so, everybody else that it took too long.
            for (RawConnection holder : holders) {
                assertThat(holder.reply().status()).isIn(408, 429);
            }
        } finally {
            holders.forEach(RawConnection::close);
        }
        try (RawConnection next = upload();
                Stream<Path> files = Files.list(uploads)) {
            assertThat(files.count()).isLessThanOrEqualTo(1);
            assertThat(next.reply().status()).isEqualTo(408);
        }
    }

    /** A form of which the end is missing. */
    private RawConnection upload() {
        return new RawConnection(gateway)
                .lines(
                        "POST " + TestGateway.path(instance, "setGroupPicture") + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: multipart/form-data; boundary=b",
                        "Content-Length: 100000",
                        "")
                .text("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.jpg\"\r\n\r\nabc");
    }
}
