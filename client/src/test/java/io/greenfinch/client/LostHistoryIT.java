package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.HistoryRead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A history of which something can't be had, or read, or stored. */
@Timeout(60)
class LostHistoryIT {

    private HistoryFixture history;

    @BeforeEach
    void begin() throws IOException {
        history = new HistoryFixture();
    }

    @AfterEach
    void end() {
        history.close();
    }

    @Test
    void whatIsNotThereIsAskedForAgainWhileEverythingElseGoesOn() throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        history.tell("P1", history.file(history.part(300), blob));
        until(() -> history.asked.get() >= 1);
        history.session.server.last().send(StanzasScript.receipt("R1"));
        history.session.awaitStanza(StanzasScript.ack("R1"));
        assertThat(history.messages()).isEmpty();

        history.stored = blob.toByteArray();
        until(() -> {
            history.session.timers.advance(Duration.ofSeconds(20));
            return history.percent() == 100;
        });
        assertThat(history.ids()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotThereForADayIsGivenUp() throws IOException {
        history.tell("P1", history.file(history.part(3), new ByteArrayOutputStream()));
        for (int i = 0; i < 5; i++) {
            int times = i;
            until(() -> {
                history.session.timers.advance(Duration.ofSeconds(20));
                return history.asked.get() > times;
            });
        }
        assertThat(history.nothingLeft()).isFalse();
        until(() -> {
            history.session.timers.advance(Duration.ofHours(1));
            return history.nothingLeft();
        });
        assertThat(history.messages()).isEmpty();
        until(() -> history.percent() == 100);
    }

    @Test
    void whatAHostGivesDamagedIsAskedForAgain() throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        history.stored = new byte[64];
        history.tell("P1", history.file(history.part(300), blob));
        until(() -> history.asked.get() >= 1);
        history.stored = blob.toByteArray();
        until(() -> {
            history.session.timers.advance(Duration.ofSeconds(20));
            return history.percent() == 100;
        });
        assertThat(history.ids()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void whatCanNeverBeStoredIsLeftOutAndKeepsNothingElse() throws IOException {
        history.session.sink.refuse(
                event -> event instanceof HistoryRead read && read.messages().size() > 1);
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        history.tell("P1", history.file(history.part(5), blob));
        until(() -> history.asked.get() >= 1);
        int connections = history.session.server.connections().size();
        history.stored = blob.toByteArray();
        until(() -> {
            history.session.timers.advance(Duration.ofSeconds(5));
            return history.session.server.connections().size() > connections;
        });
        history.session.awaitOnline();
        history.tell("P2", HistoryFixture.inline(HistoryFixture.RECENT, 100, history.part(1)));
        until(() -> {
            history.session.timers.advance(Duration.ofSeconds(5));
            return history.messages().size() == 1;
        });
        assertThat(history.nothingLeft()).isFalse();
        until(() -> {
            history.session.timers.advance(Duration.ofMinutes(1));
            return history.nothingLeft();
        });
        assertThat(history.ids()).containsExactly("H0");
        until(() -> history.percent() == 100);
    }

    @Test
    void whatIsDamagedIsToldUpToThere() throws IOException {
        byte[] whole = history.part(2000);
        byte[] cut = new byte[whole.length - 40];
        System.arraycopy(whole, 0, cut, 0, cut.length);
        history.tell("P1", HistoryFixture.inline(HistoryFixture.RECENT, 60, cut));
        until(() -> history.percent() == 60);
        assertThat(history.ids())
                .hasSizeBetween(500, 2000)
                .doesNotHaveDuplicates()
                .startsWith("H0");
        assertThat(history.nothingLeft()).isTrue();
    }
}
