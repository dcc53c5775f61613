package io.greenfinch.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.ScriptedSession;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** QR codes over the WebSocket {@code scanqrcode}. */
class ScanQrCodeIT {

    private static final PairingCode.Code FIRST = new PairingCode.Code("first code", Instant.MAX);
    private static final PairingCode.Code SECOND = new PairingCode.Code("second code", Instant.MAX);
    private static final String TIME_OUT = "{\"type\":\"timeoutExpired\",\"message\":\"timeoutExpired\"}";

    @TempDir
    private Path data;

    @Test
    void showsACodeAndThenTheAccountThatWasLinked() {
        try (SimulatedWorld world = new SimulatedWorld();
                TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(20))) {
            world.person("Anna", "15550001001");
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            try (QrSocket socket = QrSocket.open(gateway, instance)) {
                world.scan("Anna", codeIn(socket.next()));

                assertThat(socket.next().toString())
                        .isEqualTo("{\"type\":\"accountData\",\"message\":\"accountData\",\"wid\":\"15550001001@c.us\","
                                + "\"pushname\":\"\",\"webhookUrl\":\"\"}");
                assertThat(socket.awaitClosed()).isEqualTo(1000);
            }
            try (QrSocket socket = QrSocket.open(gateway, instance)) {
                assertThat(socket.next().toString())
                        .isEqualTo("{\"type\":\"alreadyLogged\",\"message\":\"instance account already authorized\"}");
                assertThat(socket.awaitClosed()).isEqualTo(1000);
            }
        }
    }

    @Test
    void eachNewCodeIsShownAndWhatTheBrowserSaysIsIgnored() {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            gateway.of(instance).pairingCode(FIRST);
            try (QrSocket socket = QrSocket.open(gateway, instance)) {
                assertThat(codeIn(socket.next())).isEqualTo("first code");
                socket.say("{\"type\":\"hello\"}");
                gateway.of(instance).pairingCode(SECOND);
                assertThat(codeIn(socket.next())).isEqualTo("second code");
            }
        }
    }

    @Test
    void endsWhenTheGatewayStops() {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            gateway.of(instance).pairingCode(FIRST);
            try (QrSocket socket = QrSocket.open(gateway, instance)) {
                socket.next();
                gateway.gateway().close();

                assertThat(socket.awaitClosed()).isIn(1001, QrSocket.GONE);
            }
        }
    }

    @Test
    void endsWithAnErrorWhenThereIsNoCode() {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            assertThat(onlyFrame(gateway, instance)).contains("\"type\":\"error\"", "WhatsApp can't be reached");

            gateway.of(instance).pairingCode(new PairingCode.PasskeyRequired("{}"));
            assertThat(onlyFrame(gateway, instance)).contains("\"type\":\"error\"", "passkey");
        }
    }

    @Test
    void silenceIsFilledWithPingsUntilTheTimeIsOver() {
        SteppedClock clock = SteppedClock.atSomeTime();
        try (TestGateway gateway = TestGateway.start(data, clock, false)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            ScriptedSession session = gateway.of(instance);
            session.pairingCode(FIRST);
            try (QrSocket socket = QrSocket.open(gateway, instance)) {
                socket.next();
                await().until(() -> session.told().size() == 1);
                clock.advance(Duration.ofSeconds(100));
                session.pairingCode(new PairingCode.Unavailable(DisconnectCause.NETWORK));

                assertThat(socket.next().toString()).isEqualTo(TIME_OUT);
                assertThat(socket.awaitPing()).isTrue();
                assertThat(socket.awaitClosed()).isEqualTo(1000);
            }
        }
    }

    @Test
    void onlyFourSocketsOfAnInstanceAreServedAtATime() {
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            gateway.of(instance).pairingCode(FIRST);
            List<QrSocket> open = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                open.add(QrSocket.open(gateway, instance));
                open.getLast().next();
            }
            assertThat(onlyFrame(gateway, instance)).contains("\"type\":\"error\"", "Too many connections");

            open.removeFirst().close();
            await().until(() -> gateway.of(instance).told().contains("waits no longer"));
            await().untilAsserted(() -> {
                try (QrSocket socket = QrSocket.open(gateway, instance)) {
                    assertThat(socket.next().get("type").stringValue()).isEqualTo("qrCode");
                }
            });
            open.forEach(QrSocket::close);
        }
    }

    @Test
    void openingIsCheckedLikeEveryCallAndNoTokenIsLogged() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Level before = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.INFO);
        try (TestGateway gateway = TestGateway.start(data)) {
            Gateway.NewInstance instance = gateway.gateway().createInstance("new");
            String path = TestGateway.path(instance, "scanqrcode");
            assertThat(QrSocket.refusal(gateway, path.replace("scanqrcode/", "scanqrcode/wrong")))
                    .isEqualTo(401);
            assertThat(QrSocket.refusal(gateway, path.replaceFirst("waInstance", "waInstance9")))
                    .isEqualTo(403);
            assertThat(QrSocket.refusal(gateway, path.replace("scanqrcode", "qrcodescan")))
                    .isEqualTo(404);
            assertThat(QrSocket.refusal(gateway, path.replace("scanqrcode", "leaveGroup")))
                    .isEqualTo(404);
            HttpResponse<String> plain = gateway.get(path);
            assertThat(plain.statusCode()).isEqualTo(426);
            assertThat(plain.headers().firstValue("Upgrade")).hasValue("websocket");
            assertThat(plain.body())
                    .contains("\"message\":\"Upgrade Required\"")
                    .doesNotContain(instance.token());
            onlyFrame(gateway, instance);

            assertThat(log.list)
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(instance.token()));
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
    }

    private static String onlyFrame(TestGateway gateway, Gateway.NewInstance instance) {
        try (QrSocket socket = QrSocket.open(gateway, instance)) {
            String frame = socket.next().toString();
            assertThat(socket.awaitClosed()).isEqualTo(1000);
            return frame;
        }
    }

    private static String codeIn(JsonNode frame) {
        assertThat(frame.propertyNames()).containsExactly("type", "message");
        assertThat(frame.get("type").stringValue()).isEqualTo("qrCode");
        return QrPictureTest.read(
                Base64.getDecoder().decode(frame.get("message").stringValue()));
    }
}
