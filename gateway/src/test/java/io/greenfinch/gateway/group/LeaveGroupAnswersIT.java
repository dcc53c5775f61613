package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.group.Departed;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.ScriptedSession;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.protocol.binary.Jid;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which outcome becomes which answer; what the session is told afterwards (design §5). */
class LeaveGroupAnswersIT {

    private static final String GROUP = "120363000000000001@g.us";
    private static final String BODY = "{\"groupId\": \"" + GROUP + "\"}";

    @TempDir
    private Path data;

    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private ScriptedSession session;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        session = gateway.of(instance);
        session.linked(Phase.ONLINE, Instant.now());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aMemberWhoLeftReadsLeaveGroup() {
        expect(new Outcome.Done<>(new Departed(false, false)), 200, "{\"leaveGroup\":true}", "");
    }

    @Test
    void anAdminWhoLeftReadsRemoveAdmin() {
        expect(new Outcome.Done<>(new Departed(true, false)), 200, "{\"removeAdmin\":true}", "");
    }

    @Test
    void anEarlierLeaveIsTold() {
        expect(new Outcome.Done<>(new Departed(false, true)), 200, "{\"leaveGroup\":true}", "left-earlier");
        expect(new Outcome.Done<>(new Departed(true, true)), 200, "{\"removeAdmin\":true}", "left-earlier");
    }

    @Test
    void aRefusalHasItsReason() {
        expect(new Outcome.Refused<>(Refusal.NOT_A_MEMBER, 0), 200, "{\"leaveGroup\":false}", "not-a-member");
        expect(new Outcome.Refused<>(Refusal.GROUP_NOT_FOUND, 0), 200, "{\"leaveGroup\":false}", "group-not-found");
        expect(new Outcome.Refused<>(Refusal.NOT_ALLOWED, 0), 200, "{\"leaveGroup\":false}", "not-allowed");
        expect(new Outcome.Refused<>(Refusal.LOCKED, 0), 200, "{\"leaveGroup\":false}", "locked");
    }

    @Test
    void silenceIsABadGateway() {
        expect(new Outcome.Unknown<>(Silence.NOT_SENT), 502, "\"message\":\"Bad Gateway\"", "not-sent");
        expect(new Outcome.Unknown<>(Silence.UNKNOWN), 502, "\"message\":\"Bad Gateway\"", "unknown");
    }

    @Test
    void whatsAppsRateLimitIsPassedOn() {
        HttpResponse<String> answer = expect(
                new Outcome.Unknown<>(Silence.RATE_LIMITED),
                429,
                "\"message\":\"Too Many Requests\"",
                "whatsapp-rate-limit");
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 30));
    }

    @Test
    void anAccountThatWasUnlinkedMeanwhileReadsSo() {
        expect(
                new Outcome.Unknown<>(Silence.NOT_LINKED),
                400,
                "\"message\":\"instance is starting or not authorized\"",
                "");
    }

    @Test
    void theSessionLearnsThatAKnownOutcomeWasDelivered() {
        session.leaving((groups, deadline) -> List.of(new Outcome.Done<>(new Departed(false, false))));
        leave();
        await().until(() -> session.told().equals(List.of("[" + GROUP + "] true")));
    }

    @Test
    void anUnknownOutcomeStaysRemembered() {
        session.leaving((groups, deadline) -> List.of(new Outcome.Unknown<>(Silence.UNKNOWN)));
        leave();
        session.leaving((groups, deadline) -> List.of(new Outcome.Refused<>(Refusal.LOCKED, 0)));
        leave();
        await().until(() -> !session.told().isEmpty());
        assertThat(session.told()).containsExactly("[" + GROUP + "] true");
    }

    @Test
    void theDeadlineIsTheRequestTimeout() {
        AtomicReference<Instant> seen = new AtomicReference<>(Instant.EPOCH);
        session.leaving((groups, deadline) -> {
            seen.set(deadline);
            return List.of(new Outcome.Done<>(new Departed(false, false)));
        });
        Instant before = Instant.now();
        leave();
        assertThat(Duration.between(before, seen.get())).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(26));
    }

    @Test
    void groupIdsOfAllShapesReachTheSession() {
        AtomicReference<List<Jid>> asked = new AtomicReference<>(List.of());
        session.leaving((groups, deadline) -> {
            asked.set(groups);
            return List.of(new Outcome.Done<>(new Departed(false, false)));
        });
        for (String id : new String[] {
            "11011234567@g.us",
            "112121212121212@g.us",
            "11111111111111111@g.us",
            "120123400367448864@g.us",
            "79876543210-1581234048@g.us",
            "1@g.us",
            "1".repeat(32) + "-" + "2".repeat(20) + "@g.us"
        }) {
            HttpResponse<String> answer = gateway.post(path("leaveGroup"), "{\"groupId\":\"" + id + "\"}");
            assertThat(answer.statusCode()).as(id).isEqualTo(200);
            assertThat(asked.get()).extracting(Jid::toString).containsExactly(id);
        }
    }

    @Test
    void whatIsNoGroupIdIsRefusedInTheDocumentedWords() {
        session.leaving((groups, deadline) -> {
            throw new AssertionError("must not be asked");
        });
        String formats = "'groupId' must be one of the next formats: 'group_id@g.us'";
        refused("{}", "'groupId' is required");
        refused("", "'groupId' is required");
        refused("{\"groupId\":\"\"}", "'groupId' is not allowed to be empty");
        refused("{\"groupId\":null}", "'groupId' must be a string");
        refused("{\"groupId\":7}", "'groupId' must be a string");
        refused("{\"groupId\":[\"" + GROUP + "\"]}", "'groupId' must be a string");
        refused("{\"groupId\":\"11001234567@c.us\"}", formats);
        refused("{\"groupId\":\"120363000000000001\"}", formats);
        refused("{\"groupId\":\" " + GROUP + "\"}", formats);
        refused("{\"groupId\":\"" + GROUP + "\\n\"}", formats);
        refused("{\"groupId\":\"" + "1".repeat(33) + "@g.us\"}", formats);
        refused("{\"groupId\":\"-1@g.us\"}", formats);
        refused("{\"groupid\":\"" + GROUP + "\"}", "'groupId' is required");
        refused("{\"groupId\":\"" + GROUP + "\",\"x\":1}", "'x' is not allowed");
        refused("{\"x\":1,\"groupId\":\"\"}", "'groupId' is not allowed to be empty");
        refused("[]", "'value' must be of type object");
    }

    @Test
    void manyGroupsAreAnsweredInTheOrderAsked() {
        session.leaving((groups, deadline) -> List.of(
                new Outcome.Done<>(new Departed(true, false)),
                new Outcome.Refused<>(Refusal.LOCKED, 0),
                new Outcome.Unknown<>(Silence.UNKNOWN),
                new Outcome.Done<>(new Departed(false, false))));
        HttpResponse<String> answer =
                gateway.post(path("leaveGroups"), "{\"groupIds\":[\"4@g.us\",\"3@g.us\",\"2@g.us\",\"1-1@g.us\"]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"results\":["
                        + "{\"groupId\":\"4@g.us\",\"leaveGroup\":true,\"removeAdmin\":true},"
                        + "{\"groupId\":\"3@g.us\",\"leaveGroup\":false,\"reason\":\"locked\"},"
                        + "{\"groupId\":\"2@g.us\",\"leaveGroup\":null,\"reason\":\"unknown\"},"
                        + "{\"groupId\":\"1-1@g.us\",\"leaveGroup\":true}]}");
        await().until(() -> session.told().equals(List.of("[4@g.us, 3@g.us, 1-1@g.us] true")));
    }

    @Test
    void listsOfGroupsAreChecked() {
        String ids = "{\"groupIds\":%s}";
        refusedList("{}", "'groupIds' is required");
        refusedList(String.format(ids, "\"1@g.us\""), "'groupIds' must be an array");
        refusedList(String.format(ids, "[]"), "'groupIds' must contain at least 1 items");
        refusedList(String.format(ids, "[\"1@g.us\",2]"), "'groupIds[1]' must be a string");
        refusedList(
                String.format(ids, "[\"1@g.us\",\"2@g.us\",\"1@g.us\"]"), "'groupIds[2]' contains a duplicate value");
        StringBuilder many = new StringBuilder("[\"0@g.us\"");
        for (int i = 1; i <= 100; i++) {
            many.append(",\"").append(i).append("@g.us\"");
        }
        refusedList(String.format(ids, many.append(']')), "'groupIds' must contain less than or equal to 100 items");
    }

    @Test
    void whileReconnectingCallsWaitAndLaterTheyAreRefused() {
        session.leaving((groups, deadline) -> List.of(new Outcome.Done<>(new Departed(false, false))));
        session.linked(Phase.RECONNECTING, Instant.now().minusSeconds(30));
        assertThat(leave().statusCode()).isEqualTo(200);

        session.linked(Phase.RECONNECTING, Instant.now().minusSeconds(61));
        HttpResponse<String> starting = leave();
        assertThat(starting.statusCode()).isEqualTo(400);
        assertThat(starting.body()).contains("\"message\":\"instance in starting process try later\"");
    }

    private HttpResponse<String> expect(Outcome<Departed> outcome, int status, String body, String reason) {
        session.leaving((groups, deadline) -> List.of(outcome));
        HttpResponse<String> answer = leave();
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.body()).isEqualTo(body);
        } else {
            assertThat(answer.body()).contains(body);
        }
        assertThat(answer.headers().firstValue("Greenfinch-Reason").orElse("")).isEqualTo(reason);
        return answer;
    }

    private void refused(String body, String detail) {
        refused("leaveGroup", body, detail);
    }

    private void refusedList(String body, String detail) {
        refused("leaveGroups", body, detail);
    }

    private void refused(String method, String body, String detail) {
        HttpResponse<String> answer = gateway.post(path(method), body);
        assertThat(answer.statusCode()).as(body).isEqualTo(400);
        assertThat(answer.body()).as(body).contains("\"message\":\"Validation failed. Details: " + detail + "\"");
    }

    private HttpResponse<String> leave() {
        return gateway.post(path("leaveGroup"), BODY);
    }

    private String path(String method) {
        return TestGateway.path(instance, method);
    }
}
