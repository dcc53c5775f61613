package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What operators see of calls. */
class RequestLogIT {

    private final Logger own = (Logger) LoggerFactory.getLogger("io.greenfinch.gateway.http.RequestLog");
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        heard.start();
        own.addAppender(heard);
        own.setLevel(Level.DEBUG);
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
    }

    @AfterEach
    void stop() {
        gateway.close();
        own.detachAppender(heard);
        own.setLevel(null);
    }

    private List<String> lines(Level level) {
        return heard.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void everyCallIsALineAtDebug() {
        gateway.get(TestGateway.path(instance, "getStateInstance"));
        gateway.get("/nothing/here?token=" + instance.token());

        assertThat(lines(Level.DEBUG)).hasSize(2);
        assertThat(lines(Level.DEBUG).get(0))
                .matches("GET /waInstance" + instance.id() + "/getStateInstance/\\*\\*\\* 200 \\d+ ms");
        assertThat(lines(Level.DEBUG).get(1)).matches("GET /nothing/here 404 \\d+ ms");
        assertThat(lines(Level.INFO)).isEmpty();
    }

    @Test
    void whoIsTurnedAwayIsALineAtInfoButNotForEver() {
        own.setLevel(Level.INFO);
        for (int i = 0; i < 40; i++) {
            gateway.get("/waInstance" + instance.id() + "/getStateInstance/wrong");
        }

        assertThat(lines(Level.DEBUG)).isEmpty();
        assertThat(lines(Level.INFO)).hasSize(20);
        assertThat(lines(Level.INFO).getFirst())
                .isEqualTo("GET /waInstance" + instance.id() + "/getStateInstance/*** 401 to 127.0.0.1");
    }

    @Test
    void wrongPartnerTokensAreToldAndLimited() {
        own.setLevel(Level.INFO);
        String wrong = "/partner/getInstances/" + "x".repeat(40);
        for (int i = 0; i < 30; i++) {
            assertThat(gateway.get(wrong).body()).isEqualTo("{\"code\":401,\"description\":\"Unauthorized\"}");
        }
        assertThat(gateway.get(wrong).statusCode()).isEqualTo(429);
        assertThat(gateway.get("/partner/getInstances/" + gateway.gateway().partnerToken())
                        .statusCode())
                .isEqualTo(200);
        assertThat(lines(Level.INFO).getFirst()).isEqualTo("GET /partner/getInstances/*** 401 to 127.0.0.1");
    }
}
