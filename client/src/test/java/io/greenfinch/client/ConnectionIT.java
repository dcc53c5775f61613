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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How connections end, and what a linked session makes of it. */
final class ConnectionIT extends ConnectionScript {

    @Test
    void aServerUnderAnotherRootIsNotTrusted() {
        byte[] root = fixture.server.authority.rootPublicKey();
        root[5] ^= 1;
        Session session = fixture.restart(ClientSettings.defaults(fixture.server.url(), root));
        session.account().start();

        until(() -> cause() == DisconnectCause.CERTIFICATE);
        assertThat(session.account().status().phase()).isEqualTo(Phase.CONNECTING);
        assertThat(session.account().status().linked()).isTrue();
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
        until(() -> fixture.session().account().status().phase() == Phase.RECONNECTING);
        SessionStatus lost = fixture.session().account().status();
        int attempts = 0;
        for (int minute = 0; minute < 10; minute++) {
            for (int step = 0; step < 60; step++) {
                int before = fixture.server.refused();
                fixture.timers.advance(Duration.ofSeconds(1));
                attempts += fixture.server.refused() - before;
            }
        }
        assertThat(attempts).isLessThan(40);
        assertThat(fixture.session().account().status().since())
                .as("since the loss, not since the last attempt")
                .isEqualTo(lost.since());

        fixture.server.refuseConnections(false);
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.session().account().status().online();
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
        CompletableFuture<?> call =
                calling(() -> fixture.session().groups().find(Jid.group("1"), asked.plusSeconds(25)));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(10)); // the connection itself takes real time
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

    /** Forty such claims, each followed by its bytes, filled the memory of a process before anybody had proved anything. */
    @Test
    void aHandshakeFrameThatClaimsMoreThan64KibEndsTheConnection() {
        fixture.server.insteadOfHello = new byte[] {1, 0, 1};
        fixture.restart();

        until(() -> cause() == DisconnectCause.PROTOCOL);
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

    @Test
    void reconnectMakesANewConnection() {
        FakeConnection first = fixture.server.last();
        fixture.session().account().reconnect();

        until(() -> fixture.server.connections().size() == 3);
        until(first::closed);
        fixture.awaitOnline();
    }

    @Test
    void closingSaysGoodbyeAndStaysLinked() {
        FakeConnection connection = fixture.server.last();
        fixture.session().close();

        until(connection::closed);
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.CLOSED);
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
        assertThat(fixture.session().groups().leave(List.of(Jid.group("1")), fixture.soon()))
                .hasSize(1);
    }
}
