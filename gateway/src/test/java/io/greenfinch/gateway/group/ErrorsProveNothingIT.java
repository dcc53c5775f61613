package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What WhatsApp answers with an error, late, or in between, and what is the truth all the same (design §4.2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsProveNothingIT {

    private static final String BOB = "15550001002@c.us";
    private static final String DAVE = "15550001004@c.us";

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeAll
    void start(@TempDir Path data) {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        world.person("Carol", "15550001003");
        world.person("Dave", "15550001004");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(4));
        anna = gateway.link(world, "Anna");
    }

    @AfterEach
    void heal() {
        world.clearFaults();
    }

    @AfterAll
    void stop() {
        gateway.close();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 406, 419, 429, 463, 500})
    void aGroupThatWasMadeAlthoughWhatsAppSaidNoIsAnswered(int code) {
        silenceNews();
        fault("create", code, true);
        HttpResponse<String> made =
                post("createGroup", "{\"groupName\":\"Made " + code + "\",\"chatIds\":[\"" + BOB + "\"]}");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(world.groups())
                .filteredOn(group -> group.subject().equals("Made " + code))
                .singleElement()
                .satisfies(group -> assertThat(made.body()).contains(group.id()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 406, 419, 429, 463})
    void aGroupThatWasNotMadeIsARefusal(int code) {
        fault("create", code, false);
        HttpResponse<String> refused = post("createGroup", "{\"groupName\":\"None " + code + "\",\"chatIds\":[]}");

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(reason(refused)).isEqualTo("refused-" + code);
        assertThat(world.groups()).extracting(SimulatedWorld.GroupLine::subject).doesNotContain("None " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 406, 419, 423, 429, 463})
    void aLeaveThatTookPlaceAlthoughWhatsAppSaidNoIsOne(int code) {
        String group = world.group("Team", "Bob", "Anna,Carol", ",\"admins\":[\"Anna\"]");
        known(group);
        silenceNews();
        fault("leave", code, true);

        expect(leave(group), "{\"removeAdmin\":true}", "");
    }

    @ParameterizedTest
    @CsvSource({"401, not-allowed", "403, not-allowed", "404, not-allowed", "406, not-allowed", "423, locked"})
    void aLeaveThatDidNotIsNone(int code, String reason) {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        fault("leave", code, false);

        expect(leave(group), "{\"leaveGroup\":false}", reason);
        assertThat(world.members(group)).contains("Anna");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 406, 419, 429})
    void aChangeThatTookPlaceAlthoughWhatsAppSaidNoIsOne(int code) {
        String group = world.group("Team", "Anna", "Bob", "");
        known(group);
        silenceNews();
        fault("promote", code, true);
        expect(change("setGroupAdmin", group, BOB), "{\"setGroupAdmin\":true}", "");
        fault("subject", code, true);
        expect(
                post("updateGroupName", "{\"groupId\":\"" + group + "\",\"groupName\":\"Crew\"}"),
                "{\"updateGroupName\":true}",
                "");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void aGroupOfWhichWhatsAppFailsToTellIsAskedForAgain(int code) {
        String group = world.group("Team", "Bob", "Anna", "");
        world.fault("{\"kind\":\"error\",\"child\":\"query\",\"code\":" + code + ",\"times\":1}");
        assertThat(data(group).body()).contains("\"groupId\":\"" + group + "\"");

        world.fault("{\"kind\":\"error\",\"child\":\"query\",\"code\":" + code + ",\"times\":0}");
        HttpResponse<String> unknown = data(group);
        assertThat(unknown.statusCode()).isEqualTo(502);
        assertThat(reason(unknown)).isEqualTo("unknown");
    }

    @Test
    void aConfirmationCountsUntilTheDeadline() {
        world.fault("{\"kind\":\"delay\",\"millis\":3000,\"child\":\"create\"}");
        HttpResponse<String> made = post("createGroup", "{\"groupName\":\"Late\",\"chatIds\":[]}");

        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    }

    @Test
    void aSecondAddOfSomebodyWhoAwaitsApprovalSaysSo() {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        world.act(group, "Bob", "approval", "", ",\"on\":true");

        expect(change("addGroupParticipant", group, DAVE), "{\"addParticipant\":false}", "awaits-approval");
        expect(change("addGroupParticipant", group, DAVE), "{\"addParticipant\":false}", "awaits-approval");
        expect(change("addGroupParticipant", group, BOB), "{\"addParticipant\":false}", "already-a-participant");
    }

    @ParameterizedTest
    @CsvSource({"promote, '', removeAdmin", "demote, 'Anna', leaveGroup"})
    void theRoleIsThatInWhichWhatsAppTookUsOut(String action, String admins, String flag) {
        String more = admins.isEmpty() ? "" : ",\"admins\":[\"" + admins + "\"]";
        String group = world.group("Team", "Bob", "Anna,Carol", more);
        known(group);
        int before = world.requests("leave");
        world.fault("{\"kind\":\"delay\",\"millis\":1000,\"child\":\"leave\"}");
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> leave(group));
        Awaitility.await().until(() -> world.requests("leave") > before);
        world.act(group, "Bob", action, "Anna");

        expect(answer.join(), "{\"" + flag + "\":true}", "");
    }

    /** The gateway knows the group; nothing is doubted. */
    private void known(String group) {
        assertThat(data(group).body()).contains(group);
    }

    /** Notifications of groups are kept back: only questions tell. */
    private void silenceNews() {
        world.fault("{\"kind\":\"no-answer\",\"times\":0,\"stanza\":\"notification\",\"xmlns\":\"w:gp2\"}");
    }

    private void fault(String child, int code, boolean processed) {
        world.fault("{\"kind\":\"error\",\"xmlns\":\"w:g2\",\"child\":\"" + child + "\",\"code\":" + code
                + ",\"processed\":" + processed + "}");
    }

    private HttpResponse<String> data(String group) {
        return post("getGroupData", "{\"groupId\":\"" + group + "\"}");
    }

    private HttpResponse<String> leave(String group) {
        return post("leaveGroup", "{\"groupId\":\"" + group + "\"}");
    }

    private HttpResponse<String> change(String method, String group, String person) {
        return post(method, "{\"groupId\":\"" + group + "\",\"participantChatId\":\"" + person + "\"}");
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body);
    }

    private static String reason(HttpResponse<String> answer) {
        return answer.headers().firstValue("Greenfinch-Reason").orElse("");
    }

    private static void expect(HttpResponse<String> answer, String body, String reason) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(reason(answer)).isEqualTo(reason);
    }
}
