package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.pairing.AppVersion;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.pairing.DeviceRegistration;
import io.greenfinch.simulator.chat.ChatSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that don't keep to the protocol, TLS, and pings of the server. */
class HostileIT {

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults()
            .withTlsListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .withChat(ChatSettings.defaults().pinging(Duration.ofMillis(200))));
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void servesChatAndAdminWithTls() {
        TestCompanion companion =
                new TestCompanion(simulator.secureChatUrl().orElseThrow(), simulator.rootKeyHex()).pair(admin, "Anna");
        assertThat(companion.logIn().isAlive()).isTrue();
    }

    @Test
    void pingsItsClients() {
        TestSocket socket = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        Node ping = socket.await(node -> node.is("xmlns", "urn:xmpp:ping"));
        assertThat(ping.child("ping")).isPresent();
        socket.result(ping);
        assertThat(socket.isAlive()).isTrue();
    }

    @Test
    void cutsConnectionsThatSendGarbage() {
        TestSocket socket = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        socket.sendRaw(new byte[] {0, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0});
        socket.awaitClose();
    }

    @Test
    void closesConnectionsThatSendText() {
        TestSocket socket = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        socket.sendText("hello");
        socket.awaitClose();
    }

    @Test
    void endsTheStreamOfAClientThatSendsNoStanza() {
        TestSocket socket = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        socket.sendPlaintext(new byte[] {0, (byte) 0xF8, 5, 99});
        Node error = socket.await(node -> node.tag().equals("stream:error"));
        assertThat(error.child("xml-not-well-formed")).isPresent();
        socket.awaitClose();
    }

    @Test
    void refusesARegistrationWhosePrekeyIsForged() {
        TestCompanion companion = new TestCompanion(simulator);
        AppVersion version = AppVersion.parse("2.3000.1").orElseThrow();
        SignedPreKey forged = SignedPreKey.generate(1, KeyPair.generate(companion.random), companion.random);
        DeviceRegistration device = DeviceRegistration.of(1, companion.identity, forged, version, "Test", 1);
        TestSocket socket =
                companion.connect(new ClientHelloPayload.Registration(version, Optional.empty(), device).encode());
        assertThat(socket.await(node -> node.tag().equals("failure")).is("reason", "400"))
                .isTrue();
        socket.awaitClose();
    }

    @Test
    void refusesAPayloadThatIsNone() {
        TestSocket socket = new TestCompanion(simulator).connect(new byte[] {1, 2, 3});
        assertThat(socket.await(node -> node.tag().equals("failure")).is("reason", "400"))
                .isTrue();
        socket.awaitClose();
    }

    @Test
    void cutsConnectionsThatDoNotCompleteTheHandshake() {
        ChatSettings usual = ChatSettings.defaults();
        ChatSettings impatient = new ChatSettings(
                usual.refs(),
                Duration.ofMillis(200),
                usual.idleTimeout(),
                usual.pingInterval(),
                usual.companions(),
                usual.outgoing());
        try (Simulator hasty = Simulator.start(SimulatorSettings.defaults().withChat(impatient))) {
            assertThatThrownBy(() -> TestSocket.greet(hasty.chatUrl()).awaitHandshake())
                    .hasStackTraceContaining("the connection ended");
        }
    }

    @Test
    void cutsAClientWhoseHandshakeClaimsMoreThan64Kib() {
        TestSocket socket = TestSocket.greet(simulator.chatUrl());
        socket.sendRaw(new byte[] {1, 0, 1});
        socket.awaitClose();
    }

    @Test
    void cutsAClientThatDoesNotReadAndKeepsItsQueue() {
        ChatSettings usual = ChatSettings.defaults();
        ChatSettings tight = new ChatSettings(
                usual.refs(), usual.handshakeTimeout(), usual.idleTimeout(), usual.pingInterval(), 4, 50);
        try (Simulator strict = Simulator.start(SimulatorSettings.defaults().withChat(tight))) {
            TestAdmin strictAdmin = new TestAdmin(strict.adminUrl());
            TestCompanion anna = new TestCompanion(strict).pair(strictAdmin, "Anna");
            TestSocket socket = anna.logIn();
            socket.stopReading();
            String subject = "x".repeat(100);
            StringBuilder people = new StringBuilder();
            strictAdmin
                    .done("/admin/people", "{\"count\":300}")
                    .forEach(person -> people.append(",\"")
                            .append(person.path("phone").asString())
                            .append('"'));
            int created = 0;
            while (strictAdmin
                    .get("/admin/people/Anna")
                    .json()
                    .at("/devices/0/connected")
                    .asBoolean()) {
                strictAdmin.done(
                        "/admin/groups",
                        "{\"subject\":\"%s\",\"creator\":\"Anna\",\"members\":[%s]}"
                                .formatted(subject, people.substring(1)));
                created++;
                assertThat(created).isLessThan(2000);
            }
            assertThat(strictAdmin
                            .get("/admin/people/Anna")
                            .json()
                            .at("/devices/0/unacknowledged")
                            .asInt())
                    .isEqualTo(created);
        }
    }

    @Test
    void acceptsLargeStanzas() {
        TestSocket socket = new TestCompanion(simulator).pair(admin, "Anna").logIn();
        Node answer = socket.request(Jid.SERVER, "set", "w:unknown", Node.bytes("large", new byte[5 << 20]));
        assertThat(answer.is("type", "result")).isTrue();
    }

    @Test
    void answersOnlyToNamesOfThisMachine() {
        assertThat(rawRequest("GET /admin/people HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(rawRequest("GET /admin/people HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(rawRequest("GET /mms/image/x HTTP/1.1\r\nHost: mmg.whatsapp.net\r\nConnection: close\r\n\r\n"))
                .as("files are stored under names of the real service, too")
                .startsWith("HTTP/1.1 401");
        assertThat(rawRequest("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    private String rawRequest(String request) {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), simulator.adminUrl().getPort())) {
            socket.setSoTimeout((int) TestSocket.PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
