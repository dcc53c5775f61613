package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.pairing.DeviceIdentity;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the scan to the login (specification §7.3 to §7.5, §28). */
final class PairingIT extends PairingScript {

    @Test
    void linksByQrCodeAndComesOnline() {
        fixture.linked();

        SessionStatus status = fixture.session().account().status();
        assertThat(status.account()).hasValueSatisfying(account -> {
            assertThat(account.pn()).isEqualTo(FakePhone.PN);
            assertThat(account.lid()).hasValue(FakePhone.LID);
            assertThat(account.platform()).isEqualTo("android");
        });
        assertThat(fixture.sink.events)
                .singleElement()
                .isInstanceOfSatisfying(
                        SessionEvent.Linked.class,
                        linked -> assertThat(linked.account().pn()).isEqualTo(FakePhone.PN));
        assertThat(fixture.server.last().payload()).isInstanceOfSatisfying(ClientHelloPayload.Login.class, login -> {
            assertThat(login.phone()).isEqualTo(15550001001L);
            assertThat(login.device()).isEqualTo(1);
        });
        assertThat(fixture.server.last().origin).isEqualTo("https://web.whatsapp.com");
    }

    @Test
    void registersUnderTheConfiguredNameAndVersionWithASignedPreKey() {
        fixture.session().account().pairingCode(fixture.soon());

        assertThat(fixture.server.last().payload())
                .isInstanceOfSatisfying(ClientHelloPayload.Registration.class, registration -> {
                    assertThat(registration.version())
                            .isEqualTo(fixture.settings().version());
                    assertThat(registration.pushName()).isEmpty();
                    assertThat(registration.device().os()).isEqualTo("Greenfinch");
                    assertThat(registration.device().isSignatureValid()).isTrue();
                });
    }

    @Test
    void credentialsAreStoredBeforeTheServerHearsOfThem() {
        PairingCode.Code code = (PairingCode.Code) fixture.session().account().pairingCode(fixture.soon());
        CompletableFuture<Void> commit = fixture.sink.hold();
        FakeConnection connection = fixture.server.last();
        connection.send(fixture.server.phone.pairSuccess(code.text(), fixture.clock.instant()));
        until(() -> fixture.sink.units.size() == 1);

        assertThat(signed(connection)).isFalse();
        fixture.sink.letPass();
        commit.complete(null);
        until(() -> signed(connection));
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
    }

    @Test
    void theServerGetsASignatureOfOurIdentity() {
        FakeConnection connection = fixture.scan();

        Node identity = fixture.awaitStanza(
                        node -> node.child("pair-device-sign").isPresent())
                .child("pair-device-sign")
                .flatMap(sign -> sign.child("device-identity"))
                .orElseThrow();
        ClientHelloPayload.Registration registration =
                (ClientHelloPayload.Registration) Objects.requireNonNull(connection.payload());
        assertThat(identity.attribute("key-index")).hasValue("1");
        assertThat(DeviceIdentity.verify(
                        identity.content(),
                        fixture.server.phone.accountKey(),
                        registration.device().identityKey()))
                .isTrue();
    }

    @Test
    void anAccountWhoseKeysAreHeldByABusinessHostIsLinked() {
        PairingCode.Code code = (PairingCode.Code) fixture.session().account().pairingCode(fixture.soon());
        FakeConnection connection = fixture.server.last();
        connection.send(fixture.server.phone.pairSuccess(code.text(), fixture.clock.instant(), true));
        until(() -> signed(connection));
        connection.send(Node.element("stream:error").attribute("code", 515).build());
        connection.close();

        fixture.awaitOnline();
    }

    @Test
    void aServerThatSendsNo515DoesNotKeepUsWaiting() {
        fixture.scan();
        until(() -> fixture.session().account().status().linked());
        assertThat(fixture.server.connections()).hasSize(1);
        fixture.timers.advance(Duration.ofSeconds(3));

        fixture.awaitOnline();
    }

    @Test
    void aPlainCloseAfterTheSignatureDoesAsWell() {
        fixture.scan().close();

        fixture.awaitOnline();
    }

    @Test
    void aSuccessBeforePairingMeansNothing() {
        PairingCode.Code code = (PairingCode.Code) fixture.session().account().pairingCode(fixture.soon());
        FakeConnection connection = fixture.server.last();
        connection.send(Node.element("success").attribute("t", 1795400000).build());
        connection.send(fixture.server.phone.pairSuccess(code.text(), fixture.clock.instant()));

        until(() -> signed(connection));
    }

    @Test
    void anIdentityThatIsNotFromThePhoneIsRefused() {
        fixture.session().account().pairingCode(fixture.soon());
        FakeConnection connection = fixture.server.last();
        connection.send(FakePhone.pairSuccess(new byte[] {10, 1, 1, 18, 1, 1}));

        Node refusal = fixture.awaitStanza(node -> node.is("type", "error"));
        assertThat(refusal.child("error"))
                .hasValueSatisfying(error -> assertThat(error.attribute("code")).hasValue("401"));
        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isEmpty();
        assertThat(fixture.sink.events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"15550001001@s.whatsapp.net", "anna:1@s.whatsapp.net", "900000000000001:1@lid"})
    void anAddressThatCanNotLogInIsRefused(String address) {
        fixture.session().account().pairingCode(fixture.soon());
        Node device = Node.element("device")
                .attribute("jid", Jid.parse(address).orElseThrow())
                .build();
        fixture.server
                .last()
                .send(Node.element("iq")
                        .attribute("from", Jid.SERVER)
                        .attribute("type", "set")
                        .attribute("id", "ps1")
                        .child(Node.element("pair-success").child(device))
                        .build());

        Node refusal = fixture.awaitStanza(node -> node.is("type", "error"));
        assertThat(refusal.child("error").orElseThrow().attribute("code")).hasValue("500");
        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);
    }

    @Test
    void whatCanNotBeStoredIsNotLinked() {
        PairingCode.Code code = (PairingCode.Code) fixture.session().account().pairingCode(fixture.soon());
        CompletableFuture<Void> commit = fixture.sink.hold();
        FakeConnection connection = fixture.server.last();
        connection.send(fixture.server.phone.pairSuccess(code.text(), fixture.clock.instant()));
        until(() -> fixture.sink.units.size() == 1);
        fixture.sink.letPass();
        commit.completeExceptionally(new IllegalStateException("disk full"));

        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);
        until(connection::closed);
        assertThat(signed(connection)).isFalse();
        assertThat(fixture.session().account().status().lastDisconnect())
                .hasValueSatisfying(end -> assertThat(end.cause()).isEqualTo(DisconnectCause.STORE));
        until(() -> fixture.session().account().pairingCode(fixture.soon()) instanceof PairingCode.Code);
    }

    @Test
    void aRestartFindsTheLinkAgain() {
        fixture.linked();
        Session later = fixture.restart();

        assertThat(later.account().status().linked()).isTrue();
        fixture.awaitOnline();
        assertThat(fixture.server.last().loggingIn()).isTrue();
    }

    private static boolean signed(FakeConnection connection) {
        return connection.received().stream()
                .anyMatch(node -> node.child("pair-device-sign").isPresent());
    }
}
