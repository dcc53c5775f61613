package io.greenfinch.client.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisconnectsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "401, UNLINKED",
        "402, SUSPENDED",
        "403, BLOCKED",
        "405, CLIENT_OUTDATED",
        "406, BLOCKED",
        "400, LOGIN_REFUSED",
        "409, LOGIN_REFUSED",
        "411, LOGIN_REFUSED",
        "415, LOGIN_REFUSED",
        "418, LOGIN_REFUSED",
        "501, LOGIN_REFUSED",
        "500, SERVER_ERROR",
        "503, SERVER_ERROR",
        "999999, SERVER_ERROR",
        "x, SERVER_ERROR",
        "'', SERVER_ERROR"
    })
    void failuresHaveTheirCause(String reason, DisconnectCause cause) {
        Node failure = Node.element("failure").attribute("reason", reason).build();
        assertThat(Disconnects.ofFailure(failure, NOW).cause()).isEqualTo(cause);
    }

    @Test
    void aSuspensionSaysHowLong() {
        Node failure = Node.element("failure")
                .attribute("reason", 402)
                .attribute("code", 103)
                .attribute("expire", 86400)
                .build();
        assertThat(Disconnects.ofFailure(failure, NOW).until()).hasValue(NOW.plusSeconds(86400));

        Node silent = Node.element("failure").attribute("reason", 402).build();
        assertThat(Disconnects.ofFailure(silent, NOW).until()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "515, '', SERVER_RESTART",
        "503, '', SERVER_RESTART",
        "516, '', SERVER_ERROR",
        "401, device_removed, UNLINKED",
        "'', device_removed, UNLINKED",
        "'', replaced, REPLACED",
        "'', other, REPLACED",
        "401, '', SERVER_ERROR",
        "'', '', PROTOCOL"
    })
    void streamErrorsHaveTheirCause(String code, String conflict, DisconnectCause cause) {
        Node.Builder error = Node.element("stream:error").attribute("code", code);
        if (!conflict.isEmpty()) {
            error.child(Node.element("conflict").attribute("type", conflict));
        }
        assertThat(Disconnects.ofStreamError(error.build())).isEqualTo(new Disconnects.End(cause, Optional.empty()));
    }
}
