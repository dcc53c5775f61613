package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** createGroup and getGroupData against the simulated WhatsApp. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupMethodsIT {

    private static final JsonMapper JSON = new JsonMapper();

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeAll
    void start(@TempDir Path data) {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        world.person("Carol", "15550001003");
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

    @Test
    void aGroupIsMadeAndCanBeLeft() {
        JsonNode made = json(post(
                "createGroup", "{\"groupName\":\"Team\",\"chatIds\":[\"15550001002@c.us\",\"15550001003@c.us\"]}"));

        assertThat(made.propertyNames()).containsExactly("created", "chatId", "groupInviteLink");
        assertThat(made.get("created").booleanValue()).isTrue();
        assertThat(made.get("groupInviteLink").stringValue()).startsWith("https://chat.whatsapp.com/");
        String id = made.get("chatId").stringValue();
        assertThat(world.members(id)).containsExactlyInAnyOrder("Anna", "Bob", "Carol");
        assertThat(post("leaveGroup", "{\"groupId\":\"" + id + "\"}").body()).isEqualTo("{\"removeAdmin\":true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"chatIds\":[]}|'groupName' is required",
                "{\"groupName\":\"\",\"chatIds\":[]}|'groupName' is not allowed to be empty",
                "{\"groupName\":\"x\"}|'chatIds' is required",
                "{\"groupName\":\"x\",\"chatIds\":\"15550001002@c.us\"}|'chatIds' must be an array",
                "{\"groupName\":\"x\",\"chatIds\":[7]}|'chatIds[0]' must be a string",
                "{\"groupName\":\" \\t\\u00a0\",\"chatIds\":[]}|'groupName' is not allowed to be empty",
                "{\"groupName\":\"x\",\"chatIds\":[\"1@c.us\"]}|'chatIds[0]': invalid phone number",
                "{\"groupName\":\"x\",\"chatIds\":[\"15550001002@c.us\",\"12345678901234567890@c.us\"]}|'chatIds[1]': invalid phone number",
                "{\"groupName\":\"x\",\"chatIds\":[\"015550001002@c.us\"]}|'chatIds[0]': invalid phone number",
                "{\"groupName\":\"x\",\"chatIds\":[\"1@g.us\"]}|'chatIds[0]' must be one of the next formats: 'phone_number@c.us' or 'chat_id@lid'",
            })
    void whatIsNoGroupIsRefused(String body, String detail) {
        HttpResponse<String> answer = post("createGroup", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("message").stringValue()).isEqualTo("Validation failed. Details: " + detail);
    }

    @Test
    void aNameHasAtMostAHundredCharacters() {
        String body = "{\"groupName\":\"%s\",\"chatIds\":[]}";
        assertThat(post("createGroup", String.format(body, "й".repeat(100))).statusCode())
                .isEqualTo(200);
        assertThat(post("createGroup", String.format(body, "й".repeat(101))).body())
                .contains("'groupName' length must be less than or equal to 100 characters long");
    }

    @Test
    void aRefusalByWhatsAppIsAServerErrorAsDocumented() {
        world.fault("{\"kind\":\"error\",\"xmlns\":\"w:g2\",\"child\":\"create\",\"code\":500}");
        HttpResponse<String> answer = post("createGroup", "{\"groupName\":\"x\",\"chatIds\":[]}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"message\":\"Internal Server Error\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"kind\":\"cut\",\"processed\":true", "\"kind\":\"error\",\"code\":500,\"processed\":true"})
    void aGroupWhoseAnswerIsLostIsFoundAndNeverMadeTwice(String fault) {
        String name = "Team " + fault.hashCode();
        world.fault("{" + fault + ",\"xmlns\":\"w:g2\",\"child\":\"create\"}");
        JsonNode made =
                json(post("createGroup", "{\"groupName\":\"" + name + "\",\"chatIds\":[\"15550001002@c.us\"]}"));

        assertThat(world.groups())
                .filteredOn(group -> group.subject().equals(name))
                .extracting(SimulatedWorld.GroupLine::id)
                .containsExactly(made.get("chatId").stringValue());
    }

    @Test
    void aGroupThatIsNotFoundIsUnknownAndNotMade() {
        world.fault("{\"kind\":\"cut\",\"xmlns\":\"w:g2\",\"child\":\"create\"}");
        HttpResponse<String> answer = post("createGroup", "{\"groupName\":\"Lost\",\"chatIds\":[]}");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("unknown");
        assertThat(world.groups()).extracting(SimulatedWorld.GroupLine::subject).doesNotContain("Lost");
    }

    @Test
    void aGroupIsKnownByItsNotificationWhereNothingElseTells() {
        world.fault("{\"kind\":\"no-answer\",\"xmlns\":\"w:g2\",\"child\":\"create\",\"processed\":true}");
        world.fault("{\"kind\":\"error\",\"code\":429,\"xmlns\":\"w:g2\",\"child\":\"participating\",\"times\":0}");
        HttpResponse<String> answer = post("createGroup", "{\"groupName\":\"x\",\"chatIds\":[]}");

        // The notification of the new group came although the answer did not.
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void whoCanNotBeAddedIsTold() {
        HttpResponse<String> answer = post("createGroup", "{\"groupName\":\"x\",\"chatIds\":[\"15559999999@c.us\"]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("not-all-added");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void aGroupIsToldAsItIs(String addressing) {
        String id = world.group(
                "Team", "Bob", "Anna,Carol", ",\"addressing\":\"" + addressing + "\",\"admins\":[\"Anna\"]");
        JsonNode data = json(post("getGroupData", "{\"groupId\":\"" + id + "\"}"));

        assertThat(data.propertyNames())
                .containsExactly(
                        "groupId",
                        "owner",
                        "subject",
                        "creation",
                        "subjectTime",
                        "subjectOwner",
                        "groupInviteLink",
                        "ephemeralExpiration",
                        "allowParticipantsEditGroupSettings",
                        "allowParticipantsSendMessages",
                        "allowParticipantsAddMembers",
                        "isCommunity",
                        "isCommunityAnnounce",
                        "size",
                        "participants");
        assertThat(data.get("groupId").stringValue()).isEqualTo(id);
        assertThat(data.get("owner").stringValue()).isEqualTo("15550001002@c.us");
        assertThat(data.get("subject").stringValue()).isEqualTo("Team");
        assertThat(data.get("size").intValue()).isEqualTo(3);
        assertThat(data.get("groupInviteLink").stringValue()).startsWith("https://chat.whatsapp.com/");
        assertThat(data.get("participants").valueStream())
                .allSatisfy(person -> assertThat(person.propertyNames()).contains("id", "isAdmin", "isSuperAdmin"))
                .anySatisfy(person -> {
                    assertThat(person.get("id").stringValue()).isEqualTo("15550001002@c.us");
                    assertThat(person.get("isSuperAdmin").booleanValue()).isTrue();
                })
                .anySatisfy(person -> {
                    assertThat(person.get("id").stringValue()).isEqualTo("15550001003@c.us");
                    assertThat(person.get("isAdmin").booleanValue()).isFalse();
                });
    }

    @Test
    void whoIsNoAdminIsGivenNoLink() {
        String id = world.group("Team", "Bob", "Anna", "");
        assertThat(json(post("getGroupData", "{\"groupId\":\"" + id + "\"}"))
                        .get("groupInviteLink")
                        .stringValue())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"401, link-refused", "500, link-unknown"})
    void aLinkThatCanNotBeLearntIsNotSilentlyEmpty(int code, String reason) {
        String id = world.group("Team", "Anna", "Bob", "");
        world.fault("{\"kind\":\"error\",\"times\":0,\"xmlns\":\"w:g2\",\"child\":\"invite\",\"code\":" + code + "}");
        for (HttpResponse<String> answer : List.of(
                post("getGroupData", "{\"groupId\":\"" + id + "\"}"),
                post("createGroup", "{\"groupName\":\"x\",\"chatIds\":[]}"))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).get("groupInviteLink").stringValue()).isEmpty();
            assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue(reason);
        }
    }

    @Test
    void groupsThatCanNotBeSeenAreErrorsInTheBody() {
        String strangers = world.group("Others", "Bob", "Carol", "");

        HttpResponse<String> forbidden = post("getGroupData", "{\"groupId\":\"" + strangers + "\"}");
        assertThat(forbidden.statusCode()).isEqualTo(200);
        assertThat(forbidden.body()).isEqualTo("\"Error: forbidden\"");
        HttpResponse<String> unknown = post("getGroupData", "{\"groupId\":\"120363999999999999@g.us\"}");
        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo("\"Error: item-not-found\"");
    }

    @Test
    void withoutAnAnswerTheReasonIsTold() {
        world.fault("{\"kind\":\"no-answer\",\"xmlns\":\"w:g2\",\"child\":\"query\",\"times\":0}");
        HttpResponse<String> answer = post("getGroupData", "{\"groupId\":\"1@g.us\"}");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("unknown");
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
