package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are repeated under one Idempotency-Key (design §6). */
class IdempotencyIT {

    private static final String BODY = "{\"groupId\":\"7@g.us\"}";

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data, clock, false);
        instance = gateway.gateway().createInstance("test");
        online();
    }

    private void online() {
        gateway.of(instance).linked(Phase.ONLINE, clock.instant());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aRepeatReadsTheSameAnswerWithoutWork() {
        answering(new Outcome.Done<>(new Departed(true, true)));
        HttpResponse<String> first = leave("k", BODY);
        answering(new Outcome.Refused<>(Refusal.NOT_A_MEMBER, 0));
        HttpResponse<String> again = leave("k", BODY);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body()).isEqualTo("{\"removeAdmin\":true}");
        assertThat(again.headers().firstValue("Greenfinch-Reason")).hasValue("left-earlier");
        assertThat(asked).hasValue(1);
        assertThat(leave("other", BODY).body()).isEqualTo("{\"leaveGroup\":false}");
    }

    /** It was a 500 although the group had been left, and the repeat then read that the account was no member. */
    @Test
    void anAnswerThatCannotBeKeptIsStillGiven() throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                Statement statement = file.createStatement()) {
            statement.execute("CREATE TRIGGER full BEFORE INSERT ON kept_answer BEGIN SELECT RAISE(FAIL, 'full'); END");
        }
        answering(new Outcome.Done<>(new Departed(true, true)));
        HttpResponse<String> answer = leave("k", BODY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"removeAdmin\":true}");
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        answering(new Outcome.Done<>(new Departed(false, false)));
        leave("k", BODY);
        HttpResponse<String> other = leave("k", "{\"groupId\":\"8@g.us\"}");

        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("Idempotency-Key was used with another body");
        assertThat(asked).hasValue(1);
    }

    @Test
    void keysBelongToOneInstanceAndOneMethod() {
        answering(new Outcome.Done<>(new Departed(false, false)));
        leave("k", BODY);
        send("leaveGroups", "k", "{\"groupIds\":[\"7@g.us\"]}");
        assertThat(asked).hasValue(2);
    }

    @Test
    void failuresAreNotKept() {
        for (Outcome<Departed> failure : List.<Outcome<Departed>>of(
                new Outcome.Unknown<>(Silence.UNKNOWN),
                new Outcome.Unknown<>(Silence.RATE_LIMITED),
                new Outcome.Unknown<>(Silence.NOT_LINKED))) {
            answering(failure);
            assertThat(leave("k", BODY).statusCode()).isNotEqualTo(200);
        }
        answering(new Outcome.Done<>(new Departed(false, false)));
        assertThat(leave("k", BODY).body()).isEqualTo("{\"leaveGroup\":true}");
    }

    /** It was kept, and who came into the group afterwards was told for a day not to be a member of it. */
    @Test
    void whatWasNotDoneIsNotKeptAlthoughItIsA200() {
        answering(new Outcome.Refused<>(Refusal.NOT_A_MEMBER, 0));
        assertThat(leave("k", BODY).body()).isEqualTo("{\"leaveGroup\":false}");
        assertThat(send("leaveGroups", "k", "{\"groupIds\":[\"7@g.us\"]}").body())
                .contains("false");
        String code = send("getAuthorizationCode", "k", "{\"phoneNumber\":15550001001}")
                .body();
        assertThat(code).contains("\"status\":false");
        String deletion = "/partner/deleteInstanceAccount/" + gateway.gateway().partnerToken();
        assertThat(send(deletion, "k", "{\"idInstance\":" + (instance.id() + 1) + "}", "POST")
                        .body())
                .contains("404");

        answering(new Outcome.Done<>(new Departed(false, false)));
        gateway.of(instance).phoneCode(new PhoneCode.Code("ABCD1234", clock.instant()));
        assertThat(gateway.gateway().createInstance("next").id()).isEqualTo(instance.id() + 1);
        assertThat(leave("k", BODY).body()).isEqualTo("{\"leaveGroup\":true}");
        assertThat(send("leaveGroups", "k", "{\"groupIds\":[\"7@g.us\"]}").body())
                .contains("true");
        assertThat(send("getAuthorizationCode", "k", "{\"phoneNumber\":15550001001}")
                        .body())
                .contains("ABCD1234");
        assertThat(send(deletion, "k", "{\"idInstance\":" + (instance.id() + 1) + "}", "POST")
                        .body())
                .contains("true");
    }

    @Test
    void aRepeatOfWhatIsUnderWayWaitsForIt() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        gateway.of(instance).leaving((groups, deadline) -> {
            asked.incrementAndGet();
            try {
                assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(new Outcome.Done<>(new Departed(false, false)));
        });
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> leave("k", BODY));
        await().until(() -> asked.get() == 1);
        CompletableFuture<HttpResponse<String>> second = CompletableFuture.supplyAsync(() -> leave("k", BODY));
        assertThat(leave("k", "{\"groupId\":\"8@g.us\"}").statusCode()).isEqualTo(400);
        assertThat(second).isNotDone();
        done.countDown();

        assertThat(first.join().body()).isEqualTo("{\"leaveGroup\":true}");
        assertThat(second.join().body()).isEqualTo("{\"leaveGroup\":true}");
        assertThat(asked).hasValue(1);
    }

    @Test
    void answersAreKeptForADayAndAcrossRestarts() {
        answering(new Outcome.Done<>(new Departed(false, false)));
        leave("k", BODY);
        gateway.close();
        gateway = TestGateway.start(data, clock, false);
        online();
        answering(new Outcome.Refused<>(Refusal.NOT_A_MEMBER, 0));

        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(leave("k", BODY).body()).isEqualTo("{\"leaveGroup\":true}");
        clock.advance(Duration.ofMillis(1));
        online();
        assertThat(leave("k", BODY).body()).isEqualTo("{\"leaveGroup\":false}");
    }

    @Test
    void aPartnersRepeatMakesNoSecondInstance() {
        String path = "/partner/createInstance/" + gateway.gateway().partnerToken();
        String first = send(path, "k", "{\"name\":\"one\"}", "POST").body();
        String again = send(path, "k", "{\"name\":\"one\"}", "POST").body();

        assertThat(again).isEqualTo(first).contains("apiTokenInstance");
        assertThat(gateway.gateway().instances()).hasSize(2);
    }

    @Test
    void anInstanceIsMadeTogetherWithItsAnswerOrNotAtAll() throws SQLException {
        String path = "/partner/createInstance/" + gateway.gateway().partnerToken();
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("greenfinch.db"));
                Statement statement = file.createStatement()) {
            statement.execute("CREATE TRIGGER full BEFORE INSERT ON kept_answer BEGIN SELECT RAISE(FAIL, 'full'); END");
            assertThat(send(path, "k", "{\"name\":\"one\"}", "POST").statusCode())
                    .isEqualTo(500);
            assertThat(gateway.gateway().instances()).hasSize(1);
            statement.execute("DROP TRIGGER full");
        }
        assertThat(send(path, "k", "{\"name\":\"one\"}", "POST").statusCode()).isEqualTo(200);
        assertThat(gateway.gateway().instances()).hasSize(2);
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        answering(new Outcome.Done<>(new Departed(false, false)));
        assertThat(leave("k".repeat(256), BODY).statusCode()).isEqualTo(400);
        assertThat(leave("", BODY).statusCode()).isEqualTo(400);
        assertThat(leave("k".repeat(255), BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void getsHaveNoUseForKeys() {
        String path = TestGateway.path(instance, "getStateInstance");
        send(path, "k", "", "GET");
        gateway.of(instance).linked(Phase.RECONNECTING, clock.instant().minusSeconds(100));
        assertThat(send(path, "k", "", "GET").body()).isEqualTo("{\"stateInstance\":\"starting\"}");
    }

    private void answering(Outcome<Departed> outcome) {
        gateway.of(instance).leaving((groups, deadline) -> {
            asked.incrementAndGet();
            return List.of(outcome);
        });
    }

    private HttpResponse<String> leave(String key, String body) {
        return send("leaveGroup", key, body);
    }

    private HttpResponse<String> send(String method, String key, String body) {
        return send(TestGateway.path(instance, method), key, body, "POST");
    }

    private HttpResponse<String> send(String path, String key, String body, String verb) {
        return gateway.send(HttpRequest.newBuilder()
                .uri(URI.create(gateway.gateway().apiUrl() + path))
                .header("Idempotency-Key", key)
                .method(verb, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
