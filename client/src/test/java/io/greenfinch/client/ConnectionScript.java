package io.greenfinch.client;

import io.greenfinch.client.SessionStatus.Disconnect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of connections have in common: a linked session. */
@Timeout(60)
class ConnectionScript {

    SessionFixture fixture;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        fixture.linked();
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    DisconnectCause cause() {
        return fixture.session()
                .account()
                .status()
                .lastDisconnect()
                .map(Disconnect::cause)
                .orElse(DisconnectCause.CLOSED_BY_US);
    }
}
