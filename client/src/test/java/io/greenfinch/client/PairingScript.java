package io.greenfinch.client;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of linking have in common: a session that is not linked. */
@Timeout(60)
class PairingScript {

    SessionFixture fixture;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
    }

    @AfterEach
    void end() {
        fixture.close();
    }
}
