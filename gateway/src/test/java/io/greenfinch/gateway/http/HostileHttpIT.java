package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Thousands of requests that are not quite right: each is refused as documented or ends its connection, none is a 500
 * without a cause, none shows a stack, and neither answers nor logs hold a token. More with {@code -Dhostile.requests}.
 */
class HostileHttpIT {

    private static final int REQUESTS = Integer.getInteger("hostile.requests", 3_000);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    /** What our own code answers with 500: only this, with its reason in words (design §6). */
    private static final String TOO_LARGE = "request entity too large";

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        gateway = TestGateway.start(folder);
        instance = gateway.gateway().createInstance("Hostile");
    }

    @AfterEach
    void stop() {
        gateway.close();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    }

    @Test
    void nothingIsAnsweredWithAStackOrAToken() {
        HostileRequests requests = new HostileRequests(20_261_125, paths());
        List<String> wrong = new ArrayList<>();
        int answered = 0;
        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = requests.next();
            String answer = ask(request);
            Matcher status = STATUS.matcher(answer);
            if (status.lookingAt()) {
                answered++;
                if (!isFine(Integer.parseInt(status.group(1)), answer)) {
                    wrong.add(shown(request) + "\n -> " + answer);
                }
            } else if (!answer.isEmpty()) {
                wrong.add(shown(request) + "\n -> no HTTP: " + answer);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(answered).isGreaterThan(REQUESTS / 2);
        assertThat(gateway.get(TestGateway.path(instance, "getStateInstance")).statusCode())
                .isEqualTo(200);
        assertSoftly(softly -> {
            for (ILoggingEvent event : List.copyOf(log.list)) {
                String text = event.getFormattedMessage() + " " + event.getThrowableProxy();
                softly.assertThat(text).doesNotContain(instance.token());
                softly.assertThat(text)
                        .doesNotContain(gateway.gateway().partnerToken().substring(4));
                softly.assertThat(event.getLevel()).as(text).isNotEqualTo(Level.ERROR);
            }
        });
    }

    private boolean isFine(int status, String answer) {
        boolean fitting =
                status < 500 || status == 501 || status == 505 || (status == 500 && answer.contains(TOO_LARGE));
        boolean quiet =
                !answer.contains(instance.token()) && !answer.contains("Exception") && !answer.contains("jetty");
        // What succeeded may hold tokens, as getInstances does, and speak of anything, as /docs does.
        return fitting && !answer.contains("\tat ") && (status < 400 || quiet);
    }

    private String ask(byte[] request) {
        try (RawConnection connection = new RawConnection(gateway)) {
            return connection.bytes(request).everything();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof SocketException) {
                return ""; // the gateway hung up before the request was written
            }
            throw e;
        }
    }

    private static String shown(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        return text.length() <= 600 ? text : text.substring(0, 600) + "…";
    }

    /** Of everything there is but what stops or unlinks the instance. */
    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        for (String method : List.of(
                "leaveGroup",
                "leaveGroups",
                "createGroup",
                "getGroupData",
                "getStateInstance",
                "getSettings",
                "getWaSettings",
                "getAuthorizationCode",
                "scanqrcode",
                "setGroupPicture",
                "setProfilePicture",
                "getAvatar",
                "sendMessage",
                "noSuchMethod")) {
            paths.add(TestGateway.path(instance, method));
        }
        paths.add("/partner/getInstances/" + gateway.gateway().partnerToken());
        paths.add("/partner/createInstance/wrong");
        paths.addAll(List.of("/", "/health/live", "/openapi.json", "/docs", "*", "http://localhost/health/live"));
        return paths;
    }
}
