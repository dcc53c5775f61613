package io.greenfinch.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.pairing.ClientHelloPayload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PairingIT {

    private SessionFixture fixture;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void linksByQrCodeAndComesOnline() {
        fixture.linked();

        SessionStatus status = fixture.session().status();
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
}
