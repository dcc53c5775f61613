package io.greenfinch.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.receiving.States;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Notifications sent to a webhook, whatever its receiver does (green-api.md §6.1). */
@Timeout(90)
class WebhookIT {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    private Path data;

    private final Receiver receiver = new Receiver();
    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private States states;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data, new WebhookPace(LONG, SHORT), true);
        instance = gateway.gateway().createInstance("test");
        states = new States(instance);
        set("{\"stateWebhook\":\"yes\"}");
    }

    @AfterEach
    void stop() {
        gateway.close();
        receiver.close();
    }

    @Test
    void everythingComesInOrderWithTheDocumentedHeaders() {
        states.change(gateway, 3);
        set("{\"webhookUrl\":\"" + receiver.url("/hook?a=1#part") + "\"}");
        comes(3);
        states.change(gateway, 40);
        comes(43);
        assertThat(receiver.requests()).hasSize(43).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/hook?a=1");
            assertThat(request.type()).isEqualTo("application/json; charset=utf-8");
            assertThat(request.eventId()).matches("[0-9a-f]{32}");
            assertThat(request.authorization()).isEmpty();
        });
        await().until(() -> count().equals("{\"count\":0}"));
    }

    @Test
    void theTokenIsTheHeaderItIsMeantToBe() {
        set("{\"webhookUrl\":\"" + receiver.url("/") + "\",\"webhookUrlToken\":\"abc\"}");
        states.change(gateway, 1);
        comes(1);
        set("{\"webhookUrlToken\":\"Basic eDp5\"}");
        states.change(gateway, 1);
        comes(2);
        set("{\"webhookUrlToken\":\"bearer abc\"}");
        states.change(gateway, 1);
        comes(3);
        assertThat(receiver.requests())
                .extracting(Receiver.Request::authorization)
                .containsExactly(Optional.of("Bearer abc"), Optional.of("Basic eDp5"), Optional.of("bearer abc"));
    }

    @Test
    void whoIsNamedInTheAddressIsTold() {
        set("{\"webhookUrl\":\"" + receiver.url("/").replace("://", "://me:se%20cret@") + "\"}");
        states.change(gateway, 1);
        comes(1);
        assertThat(receiver.requests().getFirst().authorization()).hasValue("Basic bWU6c2UgY3JldA==");
    }

    @Test
    void whatIsNotTakenComesAgainBeforeAnythingElse() {
        receiver.answers(number -> switch (number % 4) {
            case 0 -> 200;
            case 1 -> 500;
            case 2 -> 201;
            default -> 302;
        });
        set("{\"webhookUrl\":\"" + receiver.url("/") + "\"}");
        states.change(gateway, 5);
        comes(5);
        await().until(() -> count().equals("{\"count\":0}"));
        List<Receiver.Request> requests = receiver.requests();
        assertThat(requests).hasSize(20).extracting(Receiver.Request::path).containsOnly("/");
        for (int i = 0; i < 20; i++) {
            assertThat(requests.get(i)).isEqualTo(requests.get(i / 4 * 4));
        }
    }

    @Test
    void aReceiverThatSaysNothingIsAskedAgainAfterTheTimeOut() {
        gateway.close();
        gateway = TestGateway.start(data, new WebhookPace(Duration.ofMillis(300), SHORT), true);
        receiver.answers(number -> number <= 2 ? Receiver.SILENCE : 200);
        set("{\"webhookUrl\":\"" + receiver.url("/") + "\"}");
        states.change(gateway, 2);
        comes(2);
        assertThat(receiver.requests()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void aReceiverThatWasAwayGetsEverything() {
        set("{\"webhookUrl\":\"" + receiver.url("/") + "\"}");
        for (int round = 1; round <= 4; round++) {
            states.change(gateway, 3);
            comes(6 * round - 3);
            receiver.stop();
            states.change(gateway, 3);
            receiver.start();
            comes(6 * round);
        }
    }

    @Test
    void pollingTakesTheRestAndGivesItBack() {
        receiver.answers(number -> number == 1 ? 200 : 500);
        set("{\"webhookUrl\":\"" + receiver.url("/") + "\"}");
        states.change(gateway, 4);
        await().until(() -> receiver.requests().size() >= 3);
        set("{\"webhookUrl\":\"\"}");
        String second =
                gateway.get(TestGateway.path(instance, "receiveNotification")).body();
        assertThat(second).isEqualTo("{\"receiptId\":2,\"body\":" + states.body(2) + "}");
        gateway.send("DELETE", TestGateway.path(instance, "deleteNotification") + "/2", "");
        receiver.answers(number -> 200);
        set("{\"webhookUrl\":\"" + receiver.url("/again") + "\"}");
        await().until(() -> count().equals("{\"count\":0}"));
        assertThat(receiver.bodies()).containsExactly(states.body(1), states.body(2), states.body(3), states.body(4));
    }

    @Test
    void anotherAddressHoldsAtOnceWhateverTheLastOneIsDoing() {
        gateway.close();
        gateway = TestGateway.start(data, new WebhookPace(LONG, LONG), true);
        try (Receiver other = new Receiver()) {
            receiver.answers(number -> Receiver.SILENCE);
            set("{\"webhookUrl\":\"" + receiver.url("/") + "\"}");
            states.change(gateway, 2);
            await().until(() -> receiver.requests().size() == 1);
            set("{\"webhookUrl\":\"" + other.url("/") + "\"}");
            await().until(() -> other.bodies().equals(List.of(states.body(1), states.body(2))));

            other.answers(number -> 500);
            states.change(gateway, 1);
            await().until(() -> other.requests().size() == 3 && count().equals("{\"count\":1}"));
            receiver.answers(number -> 200);
            set("{\"webhookUrl\":\"\"}");
            set("{\"webhookUrl\":\"" + receiver.url("/") + "\"}");
            await().until(() -> receiver.bodies().contains(states.body(3)));
        }
    }

    @Test
    void whatWasUnderWayAtAStopComesAgainUnderItsId() {
        receiver.answers(number -> number == 1 ? Receiver.SILENCE : 200);
        set("{\"webhookUrl\":\"" + receiver.url("/") + "\"}");
        states.change(gateway, 2);
        await().until(() -> receiver.requests().size() == 1);
        gateway.close();
        gateway = TestGateway.start(data, new WebhookPace(LONG, LONG), true);
        comes(2);
        assertThat(receiver.requests().get(1)).isEqualTo(receiver.requests().get(0));
        assertThat(receiver.requests()).hasSize(3);
    }

    @Test
    void privateAddressesAreNotCalledUnlessTheyAreAllowed() {
        gateway.close();
        gateway = TestGateway.start(data, new WebhookPace(LONG, LONG), false);
        Logger logger = (Logger) LoggerFactory.getLogger(Round.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            states.change(gateway, 1);
            int refused = 0;
            for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]")) {
                set("{\"webhookUrl\":\"http://" + host + ":" + receiver.port() + "/\"}");
                int expected = ++refused;
                await().until(() -> lines.list.size() == expected);
                set("{\"webhookUrl\":\"\"}");
            }
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .allMatch(line -> line.contains("the address is in a private network"));
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(receiver.requests()).isEmpty();
        assertThat(count()).isEqualTo("{\"count\":1}");
    }

    @Test
    void theDocumentedPaceIsTheStandard() {
        assertThat(WebhookPace.DOCUMENTED).isEqualTo(new WebhookPace(Duration.ofSeconds(180), Duration.ofSeconds(60)));
    }

    /** The first so many have come, each at least once and in their order. */
    private void comes(int changes) {
        List<String> expected =
                IntStream.rangeClosed(1, changes).mapToObj(states::body).toList();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(receiver.bodies()).isEqualTo(expected));
    }

    private String count() {
        return gateway.get(TestGateway.path(instance, "getWebhooksCount")).body();
    }

    private void set(String settings) {
        assertThat(gateway.post(TestGateway.path(instance, "setSettings"), settings)
                        .body())
                .isEqualTo("{\"saveSettings\":true}");
    }
}
