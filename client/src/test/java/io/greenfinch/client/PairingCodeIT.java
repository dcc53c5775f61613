package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.QrCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The code on screen, for as long as somebody looks at it (specification §7.1). */
final class PairingCodeIT extends PairingScript {

    /** Minutes pass at once here: nobody is to ask meanwhile whether the server is there. */
    private void unhurried() {
        ClientSettings known = fixture.settings();
        fixture.restart(new ClientSettings(
                known.url(),
                known.rootKey(),
                known.trustedCertificates(),
                known.mediaUrl(),
                known.version(),
                known.deviceName(),
                known.connectLimit(),
                Duration.ofHours(1),
                Duration.ofHours(1)));
    }

    /** A code that nobody can scan any more must not stay on the screen. */
    @Test
    void aServerThatIsGoneWhileACodeIsShownIsLeft() {
        fixture.server.script(node -> node.is("xmlns", "w:p") ? List.of() : FakeServer.PASS);
        code();
        fixture.timers.advance(Duration.ofSeconds(15));
        until(() -> fixture.server.received().stream().anyMatch(node -> node.is("xmlns", "w:p")));
        fixture.timers.advance(Duration.ofSeconds(10));

        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return fixture.server.connections().size() == 2;
        });
        assertThat(code().ref()).isEqualTo("2@ref1");
    }

    @Test
    void theCodeOnScreenChangesAfterAMinuteAndThenEveryTwentySeconds() {
        unhurried();
        QrCode first = code();
        assertThat(first.ref()).isEqualTo("2@ref1");

        fixture.timers.advance(Duration.ofSeconds(59));
        assertThat(code().ref()).isEqualTo("2@ref1");
        fixture.timers.advance(Duration.ofSeconds(1));
        assertThat(code().ref()).isEqualTo("2@ref2");
        fixture.timers.advance(Duration.ofSeconds(20));
        QrCode third = code();
        assertThat(third.ref()).isEqualTo("2@ref3");
        assertThat(third.noiseKey()).isEqualTo(first.noiseKey());
        assertThat(third.advSecret()).isEqualTo(first.advSecret());
    }

    @Test
    void whoStillLooksGetsNewCodesOnANewConnection() {
        unhurried();
        code();
        for (int seconds = 0; seconds < 160; seconds += 20) {
            fixture.timers.advance(Duration.ofSeconds(20));
            code();
        }
        until(() -> fixture.server.connections().size() == 2);
        assertThat(code().ref()).isEqualTo("2@ref1");
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.PAIRING);
    }

    @Test
    void anAttemptNobodyLooksAtEndsWithItsCodes() {
        unhurried();
        code();
        for (int seconds = 0; seconds < 180; seconds += 20) {
            fixture.timers.advance(Duration.ofSeconds(20));
            until(() -> fixture.timers.waiting() > 0
                    || !fixture.sink.statuses.getLast().phase().equals(Phase.PAIRING));
        }
        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);
        assertThat(fixture.session().account().status().lastDisconnect())
                .hasValueSatisfying(end -> assertThat(end.cause()).isEqualTo(DisconnectCause.QR_EXPIRED));
        until(() -> fixture.server.last().closed());
        assertThat(fixture.server.connections()).hasSize(1);
        assertThat(code().ref()).as("a new attempt").isEqualTo("2@ref1");
    }

    @Test
    void aLinkedSessionShowsNoCode() {
        fixture.linked();

        assertThat(fixture.session().account().pairingCode(fixture.soon())).isEqualTo(new PairingCode.AlreadyLinked());
    }

    @Test
    void whoWaitsForACodeLearnsThatThereIsNoNetwork() {
        fixture.server.refuseConnections(true);
        CompletableFuture<PairingCode> code =
                calling(() -> fixture.session().account().pairingCode(fixture.beforeADialIsGivenUp()));
        until(() -> fixture.session().account().status().lastDisconnect().isPresent());
        fixture.timers.advance(Duration.ofSeconds(5));

        assertThat(code.join()).isEqualTo(new PairingCode.Unavailable(DisconnectCause.NETWORK));
    }

    @Test
    void aCodeIsThereAsSoonAsTheNetworkIs() {
        fixture.server.refuseConnections(true);
        CompletableFuture<PairingCode> code =
                calling(() -> fixture.session().account().pairingCode(fixture.soon()));
        until(() -> fixture.session().account().status().lastDisconnect().isPresent());
        fixture.server.refuseConnections(false);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return code.isDone();
        });

        assertThat(code.join()).isInstanceOf(PairingCode.Code.class);
    }

    @Test
    void anOutdatedClientIsToldSoAtOnce() {
        fixture.server.refuseRegistration(
                Node.element("failure").attribute("reason", 405).build());

        assertThat(fixture.session().account().pairingCode(fixture.soon()))
                .isEqualTo(new PairingCode.Unavailable(DisconnectCause.CLIENT_OUTDATED));
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.UNLINKED);
    }

    @Test
    void requestsOfTheServerAreAnsweredWhilePairing() {
        fixture.session().account().pairingCode(fixture.soon());
        fixture.server
                .last()
                .send(Node.element("iq")
                        .attribute("from", Jid.SERVER)
                        .attribute("type", "get")
                        .attribute("id", "srv7")
                        .attribute("xmlns", "urn:xmpp:ping")
                        .build());

        assertThat(fixture.awaitStanza(node -> node.is("id", "srv7")).is("type", "result"))
                .isTrue();
    }

    private QrCode code() {
        PairingCode.Code code = (PairingCode.Code) fixture.session().account().pairingCode(fixture.soon());
        return QrCode.parse(code.text()).orElseThrow();
    }
}
