package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.ScriptedSession;
import io.greenfinch.gateway.TestGateway;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a leave counts as told depends on whether its caller was still there. */
class CallerGoneIT {

    private static final String BODY = "{\"groupId\":\"7@g.us\"}";

    @TempDir
    private Path data;

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private ScriptedSession session;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        session = gateway.of(instance);
        session.linked(Phase.ONLINE, Instant.now());
        session.leaving((groups, deadline) -> {
            working.countDown();
            waitFor(done);
            return List.of(new Outcome.Done<>(new Departed(false, false)));
        });
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aCallerWhoWaitsIsTold() {
        try (RawConnection connection = asked("")) {
            done.countDown();
            assertThat(connection.reply().status()).isEqualTo(200);
        }
        told(true);
    }

    @Test
    void aCallerWhoClosedItsConnectionWasNotTold() {
        asked("").close();
        done.countDown();
        told(false);
    }

    @Test
    void aCallerWhoseConnectionBrokeWasNotTold() {
        asked("").reset();
        done.countDown();
        told(false);
    }

    @Test
    void aCallerWhoAlreadySentItsNextRequestIsToldAndServed() {
        String next = "GET " + TestGateway.path(instance, "getStateInstance") + " HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RawConnection connection = asked("")) {
            connection.text(next);
            done.countDown();
            assertThat(connection.reply().body()).isEqualTo("{\"leaveGroup\":true}");
            assertThat(connection.reply().body()).isEqualTo("{\"stateInstance\":\"authorized\"}");
        }
        told(true);
    }

    @Test
    void aLineEndTooManyDoesNoHarm() {
        try (RawConnection connection = asked("\r")) {
            done.countDown();
            assertThat(connection.reply().status()).isEqualTo(200);
            connection.text("\nGET " + TestGateway.path(instance, "getStateInstance") + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(connection.reply().status()).isEqualTo(200);
        }
        told(true);
    }

    private RawConnection asked(String tail) {
        RawConnection connection = new RawConnection(gateway);
        connection
                .lines(
                        "POST " + TestGateway.path(instance, "leaveGroup") + " HTTP/1.1",
                        "Host: x",
                        "Content-Length: " + BODY.length(),
                        "")
                .text(BODY + tail);
        waitFor(working);
        return connection;
    }

    private void told(boolean delivered) {
        await().until(() -> session.told().equals(List.of("[7@g.us] " + delivered)));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
