package io.greenfinch.client;

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
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins that the server refuses, and streams that it ends (specification §9.2, §9.3). */
final class LoginIT extends ConnectionScript {

    @ParameterizedTest
    @CsvSource({"402, SUSPENDED", "403, BLOCKED", "406, BLOCKED"})
    void aRefusedLoginKeepsTheCredentialsAndDoesNotLoop(int reason, DisconnectCause cause) {
        refuse(Node.element("failure").attribute("reason", reason));

        until(() -> fixture.session().account().status().phase() == Phase.REFUSED);
        assertThat(cause()).isEqualTo(cause);
        int connections = fixture.server.connections().size();
        fixture.timers.advance(Duration.ofMinutes(50));
        assertThat(fixture.server.connections()).hasSize(connections);
        assertThat(fixture.session().account().status().linked()).isTrue();
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
    }

    @Test
    void aSuspensionIsWaitedOut() {
        refuse(Node.element("failure").attribute("reason", 402).attribute("expire", 600));
        until(() -> fixture.session().account().status().phase() == Phase.REFUSED);
        assertThat(fixture.session().account().status().lastDisconnect().flatMap(Disconnect::until))
                .hasValue(fixture.clock.instant().plusSeconds(600));
        fixture.server.refuseLogin();

        fixture.timers.advance(Duration.ofSeconds(599));
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.REFUSED);
        fixture.timers.advance(Duration.ofSeconds(1));
        fixture.awaitOnline();
    }

    /** It was told first and planned for afterwards, so that time which passed in between was waited for twice. */
    @Test
    void theEndOfASuspensionIsPlannedBeforeAnybodyHearsOfIt() {
        Instant end = fixture.clock.instant().plusSeconds(600);
        List<Boolean> planned = new CopyOnWriteArrayList<>();
        fixture.sink.whenTold(status -> {
            if (status.phase() == Phase.REFUSED) {
                planned.add(fixture.timers.waitingFor(end));
            }
        });
        refuse(Node.element("failure").attribute("reason", 402).attribute("expire", 600));
        until(() -> !planned.isEmpty());
        assertThat(planned).containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "777"})
    void aServerInTroubleIsTriedAgain(int reason) {
        refuse(Node.element("failure").attribute("reason", reason));
        until(() -> cause() == DisconnectCause.SERVER_ERROR);
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.RECONNECTING);
        fixture.server.refuseLogin();
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.session().account().status().online();
        });
    }

    /** One such answer left the instance starting until somebody called for a reboot. */
    @Test
    void anOutdatedClientIsTriedAgainMoreAndMoreSlowlyAndComesBackByItself() {
        refuse(Node.element("failure").attribute("reason", 405));
        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            awaitSlowAttempt(DisconnectCause.CLIENT_OUTDATED, minutes);
        }
        fixture.server.refuseLogin();

        awaitSlowAttempt(DisconnectCause.CLIENT_OUTDATED, 60);
        fixture.awaitOnline();
    }

    @ParameterizedTest
    @CsvSource({"400", "409", "411", "415", "418", "501"})
    void whoIsRefusedForGoodAsksSlowly(int reason) {
        refuse(Node.element("failure").attribute("reason", reason));
        awaitSlowAttempt(DisconnectCause.LOGIN_REFUSED, 1);
        awaitSlowAttempt(DisconnectCause.LOGIN_REFUSED, 2);
    }

    /** Two processes with one credential replace each other: each time online must not make the next attempt come sooner. */
    @Test
    void beingReplacedIsNotFoughtOver() {
        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            fixture.server.last().send(streamError("replaced"));
            awaitSlowAttempt(DisconnectCause.REPLACED, minutes);
            fixture.awaitOnline();
        }
        fixture.server.last().send(streamError("replaced"));
        until(() -> fixture.session().account().status().phase() == Phase.REFUSED);

        fixture.session().account().reconnect();
        fixture.awaitOnline();
    }

    @Test
    void whatWhatsAppRefusesForStaysInViewUntilItSaysSomethingElse() {
        refuse(Node.element("failure").attribute("reason", 403));
        until(() -> fixture.session().account().status().phase() == Phase.REFUSED);
        fixture.server.refuseConnections(true);
        fixture.session().account().reconnect();
        until(() -> fixture.server.refused() > 0);
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.server.refused() > 3;
        });

        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.REFUSED);
        assertThat(cause()).isEqualTo(DisconnectCause.BLOCKED);
        fixture.server.refuseConnections(false);
        fixture.server.refuseLogin();
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.session().account().status().online();
        });
    }

    /** Waits until WhatsApp has refused us, and for the next attempt, which comes after so many minutes or half as many. */
    private void awaitSlowAttempt(DisconnectCause cause, int minutes) {
        until(() -> fixture.session().account().status().phase() == Phase.REFUSED
                && fixture.timers.last().isPresent());
        assertThat(cause()).isEqualTo(cause);
        Duration wait =
                Duration.between(fixture.clock.instant(), fixture.timers.last().orElseThrow());
        assertThat(wait).isBetween(Duration.ofSeconds(minutes * 30L), Duration.ofMinutes(minutes));
        int connections = fixture.server.connections().size();
        fixture.timers.advance(wait);
        until(() -> fixture.server.connections().size() > connections
                && (fixture.server.last().closed()
                        || fixture.session().account().status().online()));
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
    void aLidThatTheLoginTellsIsKept() {
        Jid other = new Jid("900000000000777", 1, Jid.LIDS, 0);
        fixture.server.welcome(Node.element("success").attribute("lid", other).build(), FakeServer.OFFLINE);
        fixture.session().account().reconnect();

        until(() -> fixture.session()
                .account()
                .status()
                .account()
                .flatMap(Account::lid)
                .equals(Optional.of(other)));
        fixture.restart();
        assertThat(fixture.session().account().status().account().flatMap(Account::lid))
                .hasValue(other);
    }

    private void refuse(Node.Builder failure) {
        fixture.server.refuseLogin(failure.build());
        fixture.server.last().cut();
    }

    static Node streamError(String conflict) {
        return Node.element("stream:error")
                .child(Node.element("conflict").attribute("type", conflict))
                .build();
    }
}
