package io.greenfinch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void saysWhatAndWhyInOneSentence() {
        assertThat(Failure.sentence(
                        new UncheckedIOException("The file /x can't be read", new IOException("Stale file handle"))))
                .isEqualTo("The file /x can't be read: Stale file handle.");
        assertThat(Failure.sentence(new UncheckedIOException(
                        "The simulator can't listen on 127.0.0.1:7020",
                        new IOException("Failed to bind", new BindException("Address already in use")))))
                .isEqualTo("The simulator can't listen on 127.0.0.1:7020: another program listens there; choose another"
                        + " port, or 0 for any free one.");
        assertThat(Failure.sentence(new UncheckedIOException("Complete.", new IOException("more"))))
                .isEqualTo("Complete.");
        assertThat(Failure.sentence(new IllegalStateException("without a stop")))
                .isEqualTo("without a stop.");
    }

    @Test
    void whatServersAnswerDoesNotMoveTheCursor() {
        assertThat(Failure.sentence(new RefusedException("The gateway answered 500 \u001b[2J\nready")))
                .isEqualTo("The gateway answered 500 \\u001b[2J\\u000aready.");
    }

    @Test
    void namesNoClass() {
        assertThat(Failure.sentence(new UncheckedIOException(new NoSuchFileException("/no/such"))))
                .isEqualTo("Stopped: there is no /no/such.");
        assertThat(Failure.sentence(
                        new NullPointerException("Cannot invoke \"java.net.InetAddress.getHostAddress()\"")))
                .isEqualTo("Stopped by a fault of the program, which the log shows.");
        assertThat(Failure.sentence(new IllegalStateException()))
                .isEqualTo("Stopped by a fault of the program, which the log shows.");
    }
}
