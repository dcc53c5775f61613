package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How connections end, and what a linked session makes of it. */
@Timeout(60)
final class ConnectionIT {

    private SessionFixture fixture;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        fixture.linked();
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void aServerUnderAnotherRootIsNotTrusted() {
        byte[] root = fixture.server.authority.rootPublicKey();
        root[5] ^= 1;
        Session session = fixture.restart(ClientSettings.defaults(fixture.server.url(), root));
        session.start();

        until(() -> cause() == DisconnectCause.CERTIFICATE);
        assertThat(session.status().phase()).isEqualTo(Phase.CONNECTING);
        assertThat(session.status().linked()).isTrue();
        assertThat(fixture.server.last().payload()).as("who we are is not told").isNull();
    }

    @Test
    void aServerWhoseCertificateHasExpiredIsNotTrusted() {
        fixture.clock.advance(Duration.ofDays(400));
        fixture.restart();

        until(() -> cause() == DisconnectCause.CERTIFICATE);
    }

    @Test
    void aCutConnectionIsMadeAnewAtOnce() {
        fixture.server.last().cut();
        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();

        assertThat(fixture.sink.statuses).anySatisfy(status -> {
            assertThat(status.phase()).isEqualTo(Phase.RECONNECTING);
            assertThat(status.lastDisconnect()).map(Disconnect::cause).hasValue(DisconnectCause.NETWORK);
        });
    }

    @Test
    void aServerThatStaysAwayIsTriedLessAndLessOften() {
        fixture.server.refuseConnections(true);
        fixture.server.last().cut();
        until(() -> fixture.session().status().phase() == Phase.RECONNECTING);
        SessionStatus lost = fixture.session().status();
        int attempts = 0;
        for (int minute = 0; minute < 10; minute++) {
            for (int step = 0; step < 60; step++) {
                int before = fixture.server.refused();
                fixture.timers.advance(Duration.ofSeconds(1));
                attempts += fixture.server.refused() - before;
            }
        }
        assertThat(attempts).isLessThan(40);
        assertThat(fixture.session().status().since())
                .as("since the loss, not since the last attempt")
                .isEqualTo(lost.since());

        fixture.server.refuseConnections(false);
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.session().status().online();
        });
    }

    @Test
    void whoNeedsTheLinkDoesNotWaitForTheNextMinute() {
        fixture.server.refuseConnections(true);
        fixture.server.last().cut();
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.server.refused() >= 8;
        });
        fixture.server.refuseConnections(false);
        Instant asked = fixture.clock.instant();
        CompletableFuture<?> call = calling(() -> fixture.session().group(Jid.group("1"), asked.plusSeconds(25)));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return call.isDone();
        });

        assertThat(fixture.server.last().received()).isNotEmpty();
        assertThat(Duration.between(asked, fixture.clock.instant())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void bytesThatAreNotTheProtocolEndTheConnection() {
        fixture.server.last().raw(new byte[] {0, 0, 4, 1, 2, 3, 4});

        until(() -> cause() == DisconnectCause.PROTOCOL);
        fixture.awaitOnline();
    }

    @Test
    void textEndsTheConnection() {
        fixture.server.last().text("hello");

        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();
    }

    @Test
    void framesMayComeInAnyPieces() {
        FakeConnection connection = fixture.server.last();
        byte[] frame = connection.sealed(Node.element("iq")
                .attribute("from", Jid.SERVER)
                .attribute("type", "get")
                .attribute("id", "srv1")
                .attribute("xmlns", "urn:xmpp:ping")
                .build());
        for (byte piece : frame) {
            connection.raw(new byte[] {piece});
        }

        fixture.awaitStanza(node -> node.is("id", "srv1"));
    }

    @Test
    void aLargeStanzaArrives() {
        Node large = Node.element("notification")
                .attribute("from", Jid.SERVER)
                .attribute("type", "account_sync")
                .attribute("id", "large")
                .child(Node.bytes("blob", new byte[5 << 20]))
                .build();
        fixture.server.last().send(large);

        fixture.awaitStanza(node -> node.tag().equals("ack") && node.is("id", "large"));
    }

    @ParameterizedTest
    @CsvSource({"402, SUSPENDED", "403, BLOCKED", "406, BLOCKED", "405, CLIENT_OUTDATED"})
    void aRefusedLoginKeepsTheCredentialsAndDoesNotLoop(int reason, DisconnectCause cause) {
        refuse(Node.element("failure").attribute("reason", reason));

        until(() -> fixture.session().status().phase() == Phase.REFUSED);
        assertThat(cause()).isEqualTo(cause);
        int connections = fixture.server.connections().size();
        fixture.timers.advance(Duration.ofMinutes(50));
        assertThat(fixture.server.connections()).hasSize(connections);
        assertThat(fixture.session().status().linked()).isTrue();
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
    }

    @Test
    void aSuspensionIsWaitedOut() {
        refuse(Node.element("failure").attribute("reason", 402).attribute("expire", 600));
        until(() -> fixture.session().status().phase() == Phase.REFUSED);
        assertThat(fixture.session().status().lastDisconnect().flatMap(Disconnect::until))
                .hasValue(fixture.clock.instant().plusSeconds(600));
        fixture.server.refuseLogin();

        fixture.timers.advance(Duration.ofSeconds(599));
        assertThat(fixture.session().status().phase()).isEqualTo(Phase.REFUSED);
        fixture.timers.advance(Duration.ofSeconds(1));
        fixture.awaitOnline();
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "400", "777"})
    void aServerInTroubleIsTriedAgain(int reason) {
        refuse(Node.element("failure").attribute("reason", reason));
        until(() -> cause() == DisconnectCause.SERVER_ERROR);
        assertThat(fixture.session().status().phase()).isEqualTo(Phase.RECONNECTING);
        fixture.server.refuseLogin();
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.session().status().online();
        });
    }

    @Test
    void beingReplacedIsNotFoughtOver() {
        fixture.server.last().send(streamError("replaced"));
        until(() -> fixture.session().status().phase() == Phase.REFUSED);
        assertThat(cause()).isEqualTo(DisconnectCause.REPLACED);
        int connections = fixture.server.connections().size();
        fixture.timers.advance(Duration.ofHours(3));
        assertThat(fixture.server.connections()).hasSize(connections);

        fixture.session().reconnect();
        fixture.awaitOnline();
    }

    @ParameterizedTest
    @CsvSource({"515", "503"})
    void aRestartOfTheServerIsFollowed(int code) {
        fixture.server
                .last()
                .send(Node.element("stream:error").attribute("code", code).build());

        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();
        assertThat(cause()).isEqualTo(DisconnectCause.SERVER_RESTART);
    }

    @Test
    void theEndOfTheStreamIsFollowed() {
        fixture.server.last().send(Node.empty("xmlstreamend"));

        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();
    }

    @Test
    void reconnectMakesANewConnection() {
        FakeConnection first = fixture.server.last();
        fixture.session().reconnect();

        until(() -> fixture.server.connections().size() == 3);
        until(first::closed);
        fixture.awaitOnline();
    }

    @Test
    void closingSaysGoodbyeAndStaysLinked() {
        FakeConnection connection = fixture.server.last();
        fixture.session().close();

        until(connection::closed);
        assertThat(fixture.session().status().phase()).isEqualTo(Phase.CLOSED);
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
        assertThat(fixture.session().leave(List.of(Jid.group("1")), fixture.soon()))
                .hasSize(1);
    }

    @Test
    void aLidThatTheLoginTellsIsKept() {
        Jid other = new Jid("900000000000777", 1, Jid.LIDS, 0);
        fixture.server.welcome(Node.element("success").attribute("lid", other).build(), FakeServer.OFFLINE);
        fixture.session().reconnect();

        until(() -> fixture.session().status().account().flatMap(Account::lid).equals(Optional.of(other)));
        fixture.restart();
        assertThat(fixture.session().status().account().flatMap(Account::lid)).hasValue(other);
    }

    private void refuse(Node.Builder failure) {
        fixture.server.refuseLogin(failure.build());
        fixture.server.last().cut();
    }

    private DisconnectCause cause() {
        return fixture.session()
                .status()
                .lastDisconnect()
                .map(Disconnect::cause)
                .orElse(DisconnectCause.CLOSED_BY_US);
    }

    static Node streamError(String conflict) {
        return Node.element("stream:error")
                .child(Node.element("conflict").attribute("type", conflict))
                .build();
    }
}
