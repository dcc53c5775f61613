package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;

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

    static void awaitAcknowledgements(FakeConnection connection, int count) {
        until(() -> connection.received().stream()
                        .filter(node -> node.tag().equals("ack") && node.is("class", "notification"))
                        .count()
                >= count);
    }
}
