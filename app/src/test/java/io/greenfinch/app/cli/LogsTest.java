package io.greenfinch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a log looks like when others have a say in it. */
class LogsTest {

    @ParameterizedTest
    @EnumSource(Logs.Format.class)
    void nobodyElseWritesLinesIntoTheLog(Logs.Format format) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Encoder<ILoggingEvent> encoder = Logs.encoder(context, format);
        encoder.start();
        Logger logger = context.getLogger("io.greenfinch.Test");
        String forged = "w:x\n2026-11-28T10:00:00.000Z INFO  Gateway: all is well\u001b[2J";
        LoggingEvent event = new LoggingEvent(
                "", logger, Level.INFO, "Strange: {}", new IllegalStateException(forged), new Object[] {forged});

        String written = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(written).doesNotContain("\u001b").contains("w:x\\");
        assertThat(written.lines().filter(line -> line.startsWith("2026-11-28T10:00")))
                .isEmpty();
        assertThat(written.lines().skip(1)).allMatch(line -> line.startsWith("    "));
    }
}
