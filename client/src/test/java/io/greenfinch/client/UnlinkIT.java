package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Credentials go when the server has confirmed it, and only then (specification §9.5). */
@Timeout(60)
final class UnlinkIT {

    private static final Jid GROUP = Jid.group("120363000000000001");

    private SessionFixture fixture;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        fixture.linked();
        fixture.intents.record(SessionFixture.INSTANCE, new Intent(GROUP, true, fixture.clock.instant()));
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void loggingOutRemovesThisDeviceAtTheServer() {
        LogoutOutcome outcome = fixture.session().account().logout(fixture.soon());

        assertThat(outcome).isEqualTo(LogoutOutcome.UNLINKED);
        Node removal = fixture.awaitStanza(
                        node -> node.child("remove-companion-device").isPresent())
                .child("remove-companion-device")
                .orElseThrow();
        assertThat(removal.jid("jid")).hasValue(FakePhone.PN);
        assertThat(removal.is("reason", "user_initiated")).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void theWordThatTheDeviceWasRemovedIsAConfirmationToo() {
        fixture.server.script(
                node -> node.child("remove-companion-device").isPresent() ? List.of(REMOVED) : FakeServer.PASS);

        assertThat(fixture.session().account().logout(fixture.soon())).isEqualTo(LogoutOutcome.UNLINKED);
        assertNothingIsLeft();
    }

    @Test
    void withoutConfirmationTheCredentialsAreKept() {
        fixture.server.script(node -> node.child("remove-companion-device").isPresent() ? List.of() : FakeServer.PASS);
        CompletableFuture<LogoutOutcome> outcome = calling(
                () -> fixture.session().account().logout(fixture.clock.instant().plusSeconds(5)));
        fixture.awaitStanza(node -> node.child("remove-companion-device").isPresent());
        fixture.timers.advance(Duration.ofSeconds(5));

        assertThat(outcome.join()).isEqualTo(LogoutOutcome.UNKNOWN);
        assertStillLinked();
    }

    @Test
    void aRefusedLogoutKeepsTheCredentials() {
        fixture.server.script(node -> node.child("remove-companion-device").isPresent()
                ? List.of(FakeConnection.error(node, 500))
                : FakeServer.PASS);

        assertThat(fixture.session().account().logout(fixture.soon())).isEqualTo(LogoutOutcome.UNKNOWN);
        assertStillLinked();
    }

    @Test
    void aConnectionLostUnderTheLogoutIsResolvedByTheNextLogin() {
        fixture.server.script(node -> {
            if (node.child("remove-companion-device").isPresent()) {
                fixture.server.refuseLogin(LOGGED_OUT);
                fixture.server.last().cut();
                return List.of();
            }
            return FakeServer.PASS;
        });

        assertThat(fixture.session().account().logout(fixture.soon())).isEqualTo(LogoutOutcome.UNLINKED);
        assertNothingIsLeft();
    }

    @Test
    void whoIsNotLinkedHasNothingToLogOutOf() {
        fixture.session().account().logout(fixture.soon());

        assertThat(fixture.session().account().logout(fixture.soon())).isEqualTo(LogoutOutcome.NOT_LINKED);
    }

    @Test
    void thePhoneUnlinksUs() {
        fixture.server.last().send(REMOVED);

        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);
        assertNothingIsLeft();
    }

    @Test
    void thePhoneUnlinkedUsWhileWeWereAway() {
        fixture.server.refuseLogin(LOGGED_OUT);
        fixture.server.last().cut();

        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);
        assertNothingIsLeft();
    }

    @Test
    void anotherAccountCanBeLinkedAfterwards() {
        fixture.server.last().send(REMOVED);
        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);

        fixture.linked();
    }

    /** The deletion waits for a step before it, and that one for the store. */
    @Test
    void nobodyIsLinkedBeforeTheAccountBeforeIsDeleted() {
        fixture.store.unreadable(true);
        fixture.server
                .last()
                .send(Node.element("message")
                        .attribute("from", Jid.lid("900000000000009"))
                        .attribute("id", "M1")
                        .attribute("type", "text")
                        .attribute("t", 1795400000)
                        .child(Node.element("enc")
                                .attribute("v", 2)
                                .attribute("type", "msg")
                                .bytes(new byte[] {1, 2, 3}))
                        .build());
        until(() -> fixture.store.refused() > 0);
        fixture.server.last().send(REMOVED);
        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);
        int connections = fixture.server.connections().size();
        CompletableFuture<PairingCode> code =
                calling(() -> fixture.session().account().pairingCode(fixture.soon()));
        await().during(Duration.ofMillis(200)).until(() -> !code.isDone());
        assertThat(fixture.server.connections()).hasSize(connections);
        fixture.store.unreadable(false);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(200));
            return code.isDone();
        });
        FakeConnection pairing = fixture.scan();
        pairing.send(Node.element("stream:error").attribute("code", 515).build());
        pairing.close();
        fixture.awaitOnline();

        List<String> told = fixture.sink.events.stream()
                .filter(event -> event instanceof SessionEvent.Unlinked || event instanceof SessionEvent.Linked)
                .map(event -> event.getClass().getSimpleName())
                .toList();
        assertThat(told).containsExactly("Linked", "Unlinked", "Linked");
        assertThat(fixture.sink.statuses)
                .extracting(SessionStatus::phase)
                .containsSubsequence(Phase.ONLINE, Phase.UNLINKED, Phase.ONLINE);
        assertThat(fixture.store.keys(SessionFixture.INSTANCE, StateKind.UNREADABLE))
                .as("what was for the account before")
                .isEmpty();
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
    }

    @Test
    void intentsThatCanNotBeForgottenAreTriedAgain() {
        fixture.intents.lasting(true);
        fixture.server.last().send(REMOVED);
        until(() -> fixture.intents.refused() == 1);
        fixture.intents.lasting(false);
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.store
                    .find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self")
                    .isEmpty();
        });
        assertNothingIsLeft();
        fixture.linked();
    }

    @Test
    void whatCanNotBeDeletedIsUnlinkedAgainByTheNextLogin() {
        fixture.server.refuseLogin(LOGGED_OUT);
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        fixture.server.last().cut();
        until(() -> fixture.sink.units.size() == units + 1);
        fixture.sink.letPass();
        commit.completeExceptionally(new IllegalStateException("disk full"));

        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            return fixture.sink.units.size() > units + 1;
        });
        assertNothingIsLeft();
    }

    @Test
    void whoWaitsForTheLinkLearnsThatThereIsNone() {
        fixture.server.refuseConnections(true);
        fixture.server.last().cut();
        until(() -> fixture.session().account().status().phase() == Phase.RECONNECTING);
        CompletableFuture<List<Outcome<Departed>>> leave =
                calling(() -> fixture.session().groups().leave(List.of(Jid.group("7")), fixture.soon()));
        fixture.server.refuseLogin(LOGGED_OUT);
        fixture.server.refuseConnections(false);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return leave.isDone();
        });

        assertThat(leave.join()).containsExactly(new Unknown<>(Silence.NOT_LINKED));
    }

    private static final Node LOGGED_OUT =
            Node.element("failure").attribute("reason", 401).build();

    private static final Node REMOVED = Node.element("stream:error")
            .attribute("code", 401)
            .child(Node.element("conflict").attribute("type", "device_removed"))
            .build();

    private void assertNothingIsLeft() {
        until(() -> fixture.store
                .find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self")
                .isEmpty());
        assertThat(fixture.store.load(SessionFixture.INSTANCE, StateKind.PREKEY))
                .isEmpty();
        assertThat(fixture.store.load(SessionFixture.INSTANCE, StateKind.GROUP)).isEmpty();
        assertThat(fixture.intents.find(SessionFixture.INSTANCE, GROUP)).isEmpty();
        SessionStatus status = fixture.session().account().status();
        assertThat(status.phase()).isEqualTo(Phase.UNLINKED);
        assertThat(status.linked()).isFalse();
        assertThat(status.lastDisconnect()).map(Disconnect::cause).hasValue(DisconnectCause.UNLINKED);
        until(() -> fixture.sink.events.getLast() instanceof SessionEvent.Unlinked);
    }

    private void assertStillLinked() {
        assertThat(fixture.session().account().status().linked()).isTrue();
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
        assertThat(fixture.intents.find(SessionFixture.INSTANCE, GROUP)).isPresent();
    }
}
