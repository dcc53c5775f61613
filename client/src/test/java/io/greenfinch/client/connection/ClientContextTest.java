package io.greenfinch.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.client.ClientContexts;
import io.greenfinch.client.ClientMetrics;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.time.SteppedTimers;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ClientContextTest {

    @Test
    void whatTheServerMakesUpForgesNoLineOfTheLog() {
        Logger log = (Logger) LoggerFactory.getLogger(ClientContext.class);
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        log.setLevel(Level.INFO);
        log.addAppender(heard);
        SteppedClock clock = SteppedClock.atSomeTime();
        try {
            ClientContexts.of(clock, new SteppedTimers(clock), ClientMetrics.NONE)
                    .stranger("<notification type=\"x\n12:00:00 INFO all is well\u001b[2J\">");
        } finally {
            log.detachAppender(heard);
            log.setLevel(null);
        }

        assertThat(heard.list.getFirst().getFormattedMessage())
                .contains("x\\u000a12:00:00 INFO all is well\\u001b[2J")
                .doesNotContain("\n");
    }
}
