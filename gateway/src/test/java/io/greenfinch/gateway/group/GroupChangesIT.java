package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The methods that change a group, against the simulated WhatsApp: answers, reasons, and what became of the group. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupChangesIT {

    private static final JsonMapper JSON = new JsonMapper();
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
    @ValueSource(strings = {"pn", "lid"})
    void participantsComeGoAndChangeTheirRank(String addressing) {
        String group = world.group("Team", "Anna", "Bob", ",\"addressing\":\"" + addressing + "\"");

        expect(change("addGroupParticipant", group, DAVE), "{\"addParticipant\":true}", "");
        assertThat(world.rank(group, "Dave")).isEqualTo("member");
        expect(change("setGroupAdmin", group, DAVE), "{\"setGroupAdmin\":true}", "");
        assertThat(world.rank(group, "Dave")).isEqualTo("admin");
        expect(change("removeAdmin", group, DAVE), "{\"removeAdmin\":true}", "");
        assertThat(world.rank(group, "Dave")).isEqualTo("member");
        expect(change("removeGroupParticipant", group, DAVE), "{\"removeParticipant\":true}", "");
        assertThat(world.members(group)).containsExactly("Anna", "Bob");
    }

    @Test
    void whatIsSoAlreadyIsNotDoneAgain() {
        String group = world.group("Team", "Anna", "Bob,Carol", ",\"admins\":[\"Carol\"]");

        expect(change("addGroupParticipant", group, BOB), "{\"addParticipant\":false}", "already-a-participant");
        expect(change("setGroupAdmin", group, "15550001003@c.us"), "{\"setGroupAdmin\":false}", "already-an-admin");
        expect(change("removeAdmin", group, BOB), "{\"removeAdmin\":false}", "participant-is-no-admin");
        expect(change("removeGroupParticipant", group, DAVE), "{\"removeParticipant\":false}", "not-a-participant");
        expect(change("setGroupAdmin", group, DAVE), "{\"setGroupAdmin\":false}", "not-a-participant");
        expect(
                change("addGroupParticipant", group, "15559999999@c.us"),
                "{\"addParticipant\":false}",
                "not-on-whatsapp");
    }

    @Test
    void settingsOfWhichOnlyTheFirstWasTakenAreToldApartFromThoseRefused() {
        String group = world.group("Team", "Anna", "Bob", "");
        String off = ",\"allowParticipantsEditGroupSettings\":false,\"allowParticipantsSendMessages\":false";
        world.fault("{\"kind\":\"error\",\"code\":500,\"child\":\"announcement\",\"times\":2}");
        String refused = "{\"updateGroupSettings\":false,\"reason\":\"FORBIDDEN\"}";
        expect(settings(group, off), refused, "partly-done");
        assertThat(world.setting(group, "locked")).isTrue();
        assertThat(world.setting(group, "announcement")).isFalse();

        // This time the first one is so already: nothing is changed by the call.
        world.fault("{\"kind\":\"error\",\"code\":500,\"child\":\"announcement\",\"times\":2}");
        expect(settings(group, off), refused, "refused-500");
        expect(settings(group, off), "{\"updateGroupSettings\":true}", "");
    }

    @ParameterizedTest
    @CsvSource({
        "addGroupParticipant,addParticipant,15550001004",
        "removeGroupParticipant,removeParticipant,15550001003",
        "setGroupAdmin,setGroupAdmin,15550001003",
        "removeAdmin,removeAdmin,15550001002"
    })
    void whoMayNotIsToldWhy(String method, String flag, String person) {
        String no = "{\"" + flag + "\":false}";
        String ours = world.group("Team", "Bob", "Anna,Carol", ",\"adminsAdd\":true");
        expect(change(method, ours, person + "@c.us"), no, "not-an-admin");
        String others = world.group("Others", "Bob", "Carol", "");
        expect(change(method, others, person + "@c.us"), no, "not-a-member");
        expect(change(method, "120363999999999999@g.us", person + "@c.us"), no, "group-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "401,blocked",
        "403,privacy",
        "406,not-allowed",
        "408,left-recently",
        "412,group-full",
        "419,group-full",
        "202,awaits-approval",
        "500,refused-500"
    })
    void whatWhatsAppSaysOfAPersonIsPassedOn(int code, String reason) {
        String group = world.group("Team", "Anna", "Bob", "");
        world.fault("{\"kind\":\"participant-error\",\"child\":\"add\",\"code\":" + code + ",\"times\":0}");

        expect(change("addGroupParticipant", group, DAVE), "{\"addParticipant\":false}", reason);
        assertThat(world.members(group)).doesNotContain("Dave");
    }

    @Test
    void theSuperAdminStaysWhatTheyAre() {
        String group = world.group("Team", "Bob", "Anna", ",\"admins\":[\"Anna\"]");
        expect(change("removeAdmin", group, BOB), "{\"removeAdmin\":false}", "not-allowed");
        expect(change("removeGroupParticipant", group, BOB), "{\"removeParticipant\":false}", "not-allowed");
    }

    @Test
    void aGroupIsRenamedByWhoMay() {
        String group = world.group("Team", "Bob", "Anna", "");
        expect(rename(group, "Crew"), "{\"updateGroupName\":true}", "");
        assertThat(world.subject(group)).isEqualTo("Crew");
        world.act(group, "Bob", "locked", "", ",\"on\":true");
        expect(rename(group, "Gang"), "{\"updateGroupName\":false}", "not-an-admin");
        assertThat(world.subject(group)).isEqualTo("Crew");
        expect(rename(world.group("Others", "Bob", "Carol", ""), "x"), "{\"updateGroupName\":false}", "not-a-member");
        expect(rename("120363999999999999@g.us", "x"), "{\"updateGroupName\":false}", "group-not-found");
    }

    @Test
    void settingsAreChangedTogether() {
        String group = world.group("Team", "Anna", "Bob", "");
        String off = ",\"allowParticipantsEditGroupSettings\":false,\"allowParticipantsSendMessages\":false";

        expect(settings(group, off), "{\"updateGroupSettings\":true}", "");
        assertThat(world.setting(group, "locked")).isTrue();
        assertThat(world.setting(group, "announcement")).isTrue();
        // What is so already is as wished.
        expect(settings(group, off), "{\"updateGroupSettings\":true}", "");
        expect(settings(group, ",\"allowParticipantsSendMessages\":true"), "{\"updateGroupSettings\":true}", "");
        assertThat(world.setting(group, "locked")).isTrue();
        assertThat(world.setting(group, "announcement")).isFalse();
    }

    @Test
    void settingsThatMayNotBeChangedHaveTheDocumentedReasonInTheBody() {
        String off = ",\"allowParticipantsSendMessages\":false";
        expect(
                settings(world.group("Team", "Bob", "Anna", ""), off),
                "{\"updateGroupSettings\":false,\"reason\":\"FORBIDDEN\"}",
                "not-an-admin");
        expect(
                settings(world.group("Others", "Bob", "Carol", ""), off),
                "{\"updateGroupSettings\":false,\"reason\":\"NOT_ENOUGH_RIGHTS\"}",
                "not-a-member");
        expect(
                settings("120363999999999999@g.us", off),
                "{\"updateGroupSettings\":false,\"reason\":\"NOT_ENOUGH_RIGHTS\"}",
                "group-not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "addGroupParticipant|{}|'groupId' is required",
                "addGroupParticipant|{\"groupId\":\"1@g.us\"}|'participantChatId' is required",
                "removeGroupParticipant|{\"groupId\":\"1@g.us\",\"participantChatId\":7}|'participantChatId' must be a string",
                "setGroupAdmin|{\"groupId\":\"1@g.us\",\"participantChatId\":\"\"}|'participantChatId' is not allowed to be empty",
                "removeAdmin|{\"groupId\":\"1@g.us\",\"participantChatId\":\"1@g.us\"}|'participantChatId' must be one of the next formats: 'phone_number@c.us' or 'chat_id@lid'",
                "addGroupParticipant|{\"groupId\":\"1@g.us\",\"participantChatId\":\"123@c.us\"}|'chatId': invalid phone number",
                "addGroupParticipant|{\"groupId\":\"1@g.us\",\"participantChatId\":\"15550001004@c.us\",\"x\":1}|'x' is not allowed",
                "updateGroupName|{\"groupId\":\"1@g.us\"}|'groupName' is required",
                "updateGroupName|{\"groupId\":\"1@g.us\",\"groupName\":\"\"}|'groupName' is not allowed to be empty",
                "updateGroupName|{\"groupId\":\"1@g.us\",\"groupName\":\" \\t\\u00a0\"}|'groupName' is not allowed to be empty",
                "updateGroupName|{\"groupId\":\"x\",\"groupName\":\"y\"}|'groupId' must be one of the next formats: 'group_id@g.us'",
                "updateGroupSettings|{\"groupId\":\"1@g.us\"}|'value' must contain at least one of [allowParticipantsEditGroupSettings, allowParticipantsSendMessages]",
                "updateGroupSettings|{\"groupId\":\"1@g.us\",\"allowParticipantsSendMessages\":\"no\"}|'allowParticipantsSendMessages' must be a boolean",
            })
    void whatIsNoChangeIsRefused(String method, String body, String detail) {
        HttpResponse<String> answer = gateway.post(TestGateway.path(anna, method), body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).get("message").stringValue())
                .isEqualTo("Validation failed. Details: " + detail);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionCutBetweenRequestAndAnswerIsResolvedByAsking(boolean processed) {
        String group = world.group("Team", "Anna", "Bob", "");
        long fault = cut("add", processed);
        expect(change("addGroupParticipant", group, DAVE), "{\"addParticipant\":true}", "");
        assertThat(world.fired(fault)).isEqualTo(1);
        assertThat(world.members(group)).contains("Dave");
        cut("subject", processed);
        expect(rename(group, "Crew"), "{\"updateGroupName\":true}", "");
        assertThat(world.subject(group)).isEqualTo("Crew");
    }

    @Test
    void aPersonWhoWasInTheGroupBeforeWasNotAddedByACallWhoseAnswerIsLost() {
        String group = world.group("Team", "Anna", "Bob", "");
        cut("add", true);
        expect(change("addGroupParticipant", group, BOB), "{\"addParticipant\":false}", "already-a-participant");
    }

    @Test
    void anAnswerThatNeverComesIsUnknownWhileNobodyCanBeAsked() {
        String group = world.group("Team", "Anna", "Bob", "");
        world.fault("{\"kind\":\"no-answer\",\"child\":\"promote\",\"processed\":false}");
        world.fault("{\"kind\":\"no-answer\",\"xmlns\":\"w:g2\",\"child\":\"query\",\"times\":0}");

        HttpResponse<String> answer = change("setGroupAdmin", group, BOB);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("unknown");
    }

    @Test
    void theNotificationOfOurOwnChangeIsAsGoodAsTheAnswer() {
        String group = world.group("Team", "Anna", "Bob", "");
        world.fault("{\"kind\":\"no-answer\",\"child\":\"promote\",\"processed\":true}");
        world.fault("{\"kind\":\"no-answer\",\"xmlns\":\"w:g2\",\"child\":\"query\",\"times\":0}");
        expect(change("setGroupAdmin", group, BOB), "{\"setGroupAdmin\":true}", "");
    }

    @Test
    void aRateLimitIsWaitedOutOrPassedOn() {
        String group = world.group("Team", "Anna", "Bob", "");
        world.fault("{\"kind\":\"error\",\"code\":429,\"child\":\"promote\"}");
        expect(change("setGroupAdmin", group, BOB), "{\"setGroupAdmin\":true}", "");

        world.fault("{\"kind\":\"error\",\"code\":429,\"child\":\"demote\",\"times\":0}");
        HttpResponse<String> answer = change("removeAdmin", group, BOB);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("whatsapp-rate-limit");
        assertThat(world.rank(group, "Bob")).isEqualTo("admin");
    }

    /** After a reboot, so that no cut inherits the growing pauses between reconnects of the one before. */
    private long cut(String child, boolean processed) {
        gateway.get(TestGateway.path(anna, "reboot"));
        gateway.awaitOnline(anna);
        return world.fault(
                "{\"kind\":\"cut\",\"xmlns\":\"w:g2\",\"child\":\"" + child + "\",\"processed\":" + processed + "}");
    }

    private HttpResponse<String> change(String method, String group, String person) {
        return gateway.post(
                TestGateway.path(anna, method),
                "{\"groupId\":\"" + group + "\",\"participantChatId\":\"" + person + "\"}");
    }

    private HttpResponse<String> rename(String group, String name) {
        return gateway.post(
                TestGateway.path(anna, "updateGroupName"),
                "{\"groupId\":\"" + group + "\",\"groupName\":\"" + name + "\"}");
    }

    private HttpResponse<String> settings(String group, String more) {
        return gateway.post(
                TestGateway.path(anna, "updateGroupSettings"), "{\"groupId\":\"" + group + "\"" + more + "}");
    }

    private static void expect(HttpResponse<String> answer, String body, String reason) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Greenfinch-Reason").orElse("")).isEqualTo(reason);
    }
}
