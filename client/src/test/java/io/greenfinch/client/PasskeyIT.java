package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The service demands a passkey before it links (specification §8). */
final class PasskeyIT extends PairingScript {

    @Test
    void aDemandForAPasskeyIsAState() {
        fixture.session().account().pairingCode(fixture.soon());
        FakeConnection connection = fixture.server.last();
        String options = "{\"challenge\":\"AAAA\"}";
        connection.send(FakePhone.notification(
                "passkey_prologue_request",
                Node.element("passkey_request_options").text(options)));

        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
        assertThat(fixture.session().account().pairingCode(fixture.soon()))
                .isEqualTo(new PairingCode.PasskeyRequired(options));
        awaitAcknowledgements(connection, 1);
    }

    /** Whoever asked in the next 160 seconds heard of it, with whatever number. */
    @Test
    void aDemandMetWithOneNumberIsNotToldOfAnother() {
        demandOf("15550001001");

        assertThat(fixture.session().account().phoneCode("15550001001", fixture.soon()))
                .isInstanceOf(PhoneCode.PasskeyRequired.class);
        assertThat(fixture.session().account().phoneCode("15550001002", fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.PAIRING);
    }

    @Test
    void aDemandMetByWhoScannedACodeIsNotToldOfANumber() {
        fixture.server.script(FakePhone::helloAnswer);
        fixture.session().account().pairingCode(fixture.soon());
        fixture.server.last().send(FakePhone.notification("passkey_prologue_request", Node.element("something")));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);

        assertThat(fixture.session().account().phoneCode("15550001002", fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
    }

    @Test
    void aRebootBeginsAnew() {
        demandOf("15550001001");
        fixture.session().account().reconnect();
        until(() -> fixture.session().account().status().phase() == Phase.UNLINKED);

        assertThat(fixture.session().account().phoneCode("15550001001", fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
    }

    @Test
    void aLogoutBeginsAnew() {
        demandOf("15550001001");
        assertThat(fixture.session().account().logout(fixture.soon())).isEqualTo(LogoutOutcome.NOT_LINKED);

        assertThat(fixture.session().account().status().phase()).isEqualTo(Phase.UNLINKED);
        assertThat(fixture.session().account().pairingCode(fixture.soon())).isInstanceOf(PairingCode.Code.class);
    }

    /** The service demands a passkey while there is a code for this number. */
    private void demandOf(String number) {
        fixture.server.script(FakePhone::helloAnswer);
        assertThat(fixture.session().account().phoneCode(number, fixture.soon()))
                .isInstanceOf(PhoneCode.Code.class);
        fixture.server.last().send(FakePhone.notification("passkey_prologue_request", Node.element("something")));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
    }

    @Test
    void theDemandForAPasskeyEndsWithItsCodes() {
        fixture.session().account().pairingCode(fixture.soon());
        fixture.server.last().send(FakePhone.notification("passkey_prologue_request", Node.element("something")));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
        until(() -> {
            fixture.timers.advance(Duration.ofSeconds(20));
            return fixture.session().account().status().phase() == Phase.UNLINKED;
        });

        assertThat(fixture.session().account().pairingCode(fixture.soon())).isInstanceOf(PairingCode.Code.class);
    }

    @Test
    void theDemandForAPasskeyEndsWithItsConnection() {
        fixture.session().account().pairingCode(fixture.soon());
        fixture.server
                .last()
                .send(FakePhone.notification(
                        "passkey_prologue_request",
                        Node.element("passkey_request_options").text("x".repeat(20_000))));
        until(() -> fixture.session().account().status().phase() == Phase.PASSKEY_REQUIRED);
        assertThat(fixture.session().account().pairingCode(fixture.soon()))
                .as("options that are too long")
                .isEqualTo(new PairingCode.PasskeyRequired(""));
        fixture.server.last().cut();
        until(() -> fixture.session().account().status().phase() == Phase.PAIRING);
        CompletableFuture<PairingCode> next =
                calling(() -> fixture.session().account().pairingCode(fixture.soon()));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return next.isDone();
        });

        assertThat(next.join()).isInstanceOf(PairingCode.Code.class);
    }
}
