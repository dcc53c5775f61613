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

/** How people come into groups, by the methods that are extensions, against the simulated WhatsApp. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupAccessIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ANNA = "15550001001@c.us";
    private static final String BOB = "15550001002@c.us";
    private static final String CAROL = "15550001003@c.us";
    private static final String DAVE = "15550001004@c.us";
    private static final String NOBODY = "15559999999@c.us";
    private static final String NOT_IN = "{\"joinGroup\":false,\"awaitsApproval\":false}";
    private static final String NO_GROUP = "120363999999999999@g.us";

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private Gateway.NewInstance bob;

    @BeforeAll
    void start(@TempDir Path data) {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        world.person("Carol", "15550001003");
        world.person("Dave", "15550001004");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(4));
        anna = gateway.link(world, "Anna");
        bob = gateway.link(world, "Bob");
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
    void aGroupIsShownAndJoinedByItsLink() {
        String group = world.group("Picnic", "Anna", "Carol", "");
        world.act(group, "Anna", "description", "", ",\"text\":\"Bring salad\"");
        String link = link("getGroupInviteLink", group);

        JsonNode shown = json(post(bob, "getGroupInfoByLink", "{\"groupInviteLink\":\"" + link + "?mode=ac_t\"}"));
        assertThat(shown.path("groupId").stringValue()).isEqualTo(group);
        assertThat(shown.path("subject").stringValue()).isEqualTo("Picnic");
        assertThat(shown.path("description").stringValue()).isEqualTo("Bring salad");
        assertThat(shown.path("owner").stringValue()).isEqualTo(ANNA);
        assertThat(shown.path("size").intValue()).isEqualTo(2);
        assertThat(shown.path("approvalRequired").booleanValue()).isFalse();

        String code = link.substring(link.lastIndexOf('/') + 1);
        expect(join(code), "{\"joinGroup\":true,\"awaitsApproval\":false,\"groupId\":\"" + group + "\"}", "");
        assertThat(world.members(group)).containsExactly("Anna", "Carol", "Bob");
        expect(join(link), NOT_IN, "already-a-member");
        expect(about(bob, "getGroupInviteLink", group), "{\"groupInviteLink\":\"\"}", "not-an-admin");
    }

    @Test
    void aLinkThatWasResetLeadsNowhere() {
        String group = world.group("Picnic", "Anna", "Carol", "");
        String old = link("getGroupInviteLink", group);
        String link = link("resetGroupInviteLink", group);

        assertThat(link).isNotEqualTo(old).isEqualTo(link("getGroupInviteLink", group));
        expect(join(old), NOT_IN, "no-longer-valid");
        expect(
                post(bob, "getGroupInfoByLink", "{\"groupInviteLink\":\"" + old + "\"}"),
                "{\"found\":false}",
                "no-longer-valid");
        expect(join("AAAAAAAAAAAAAAAAAAAAAA"), NOT_IN, "not-valid");
    }

    @Test
    void whoIsInvitedByAMessageComesIn() {
        String group = world.group("Picnic", "Carol", "Dave", "");
        String invitation = world.invites(group, "Carol", "Bob");
        String body = "{\"groupId\":\"" + group + "\"," + invitation + ",\"inviter\":\"" + CAROL + "\"}";

        assertThat(json(post(bob, "getGroupInfoByLink", body)).path("subject").stringValue())
                .isEqualTo("Picnic");
        expect(post(bob, "joinGroup", body.replace(CAROL, DAVE)), NOT_IN, "not-valid");
        expect(
                post(bob, "joinGroup", body),
                "{\"joinGroup\":true,\"awaitsApproval\":false,\"groupId\":\"" + group + "\"}",
                "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|'value' must contain at least one of [groupInviteLink, inviteCode]",
                "{\"groupInviteLink\":\"https://example.com/x\"}|'groupInviteLink' must be one of the next formats: 'https://chat.whatsapp.com/invite_code' or 'invite_code'",
                "{\"inviteCode\":\"x\"}|'groupId' is required",
                "{\"inviteCode\":\"x\",\"groupId\":\"1@g.us\",\"inviter\":\"15550001001@c.us\"}|'inviteExpiration' is required",
                "{\"inviteCode\":\"x\",\"inviteExpiration\":\"soon\"}|'inviteExpiration' must be a number of seconds",
                "{\"groupInviteLink\":\"x\",\"inviteCode\":\"y\"}|'value' contains a conflict between exclusive peers [groupInviteLink, inviteCode]",
            })
    void whatIsNoInvitationIsRefused(String body, String detail) {
        HttpResponse<String> answer = post(bob, "joinGroup", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("message").stringValue()).isEqualTo("Validation failed. Details: " + detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void whoAsksToBeLetInIsDecidedAbout(String addressing) {
        String group =
                world.group("Picnic", "Anna", "Carol", ",\"approval\":true,\"addressing\":\"" + addressing + "\"");
        String link = link("getGroupInviteLink", group);
        String waits = "{\"joinGroup\":false,\"awaitsApproval\":true,\"groupId\":\"" + group + "\"}";
        expect(join(link), waits, "awaits-approval");
        expect(join(link), "{\"joinGroup\":false,\"awaitsApproval\":true}", "awaits-approval");
        assertThat(json(post(bob, "getGroupInfoByLink", "{\"groupInviteLink\":\"" + link + "\"}"))
                        .path("approvalRequired")
                        .booleanValue())
                .isTrue();

        JsonNode request = json(about(anna, "getGroupJoinRequests", group)).at("/requests/0");
        assertThat(request.path("participantChatId").stringValue()).isEqualTo(BOB);
        assertThat(request.path("method").stringValue()).isEqualTo("invite-link");
        expect(about(bob, "getGroupJoinRequests", group), "{\"requests\":null}", "not-a-member");

        expect(
                people(anna, "rejectGroupJoinRequests", group, BOB, DAVE),
                results(done(BOB, "rejectJoinRequest"), not(DAVE, "rejectJoinRequest", "nothing-pending")),
                "");
        expect(join(link), waits, "awaits-approval");
        expect(people(anna, "approveGroupJoinRequests", group, BOB), results(done(BOB, "approveJoinRequest")), "");
        assertThat(world.members(group)).contains("Bob");
        expect(about(anna, "getGroupJoinRequests", group), "{\"requests\":[]}", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void manyAreAddedRaisedLoweredAndRemovedWithOneStanza(String addressing) {
        String group = world.group("Team", "Anna", "Bob", ",\"addressing\":\"" + addressing + "\"");
        int before = world.requests("add");

        expect(
                people(anna, "addGroupParticipants", group, CAROL, BOB, NOBODY, DAVE),
                results(
                        done(CAROL, "addParticipant"),
                        not(BOB, "addParticipant", "already-a-participant"),
                        not(NOBODY, "addParticipant", "not-on-whatsapp"),
                        done(DAVE, "addParticipant")),
                "");
        assertThat(world.requests("add")).isEqualTo(before + 1);
        expect(
                people(anna, "setGroupAdmins", group, CAROL, DAVE),
                results(done(CAROL, "setGroupAdmin"), done(DAVE, "setGroupAdmin")),
                "");
        expect(
                people(anna, "removeAdmins", group, CAROL, BOB),
                results(done(CAROL, "removeAdmin"), not(BOB, "removeAdmin", "participant-is-no-admin")),
                "");
        assertThat(List.of(world.rank(group, "Carol"), world.rank(group, "Dave")))
                .containsExactly("member", "admin");
        expect(
                people(anna, "removeGroupParticipants", group, DAVE, CAROL, NOBODY),
                results(
                        done(DAVE, "removeParticipant"),
                        done(CAROL, "removeParticipant"),
                        not(NOBODY, "removeParticipant", "not-a-participant")),
                "");
        assertThat(world.members(group)).containsExactly("Anna", "Bob");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofManyWhoseAnswerIsLostTheGroupTells(boolean processed) {
        String group = world.group("Team", "Anna", "Bob", "");
        world.fault("{\"kind\":\"cut\",\"xmlns\":\"w:g2\",\"child\":\"add\",\"processed\":" + processed + "}");

        expect(
                people(anna, "addGroupParticipants", group, CAROL, DAVE),
                results(done(CAROL, "addParticipant"), done(DAVE, "addParticipant")),
                "");
        assertThat(world.members(group)).containsExactly("Anna", "Bob", "Carol", "Dave");
    }

    @Test
    void whoMayNotIsToldWhyForEach() {
        String group = world.group("Team", "Carol", "Anna,Dave", "");
        expect(
                people(anna, "removeGroupParticipants", group, CAROL, DAVE),
                results(
                        not(CAROL, "removeParticipant", "not-an-admin"),
                        not(DAVE, "removeParticipant", "not-an-admin")),
                "");
        expect(
                people(anna, "setGroupAdmins", NO_GROUP, CAROL),
                results(not(CAROL, "setGroupAdmin", "group-not-found")),
                "");
        expect(about(anna, "resetGroupInviteLink", group), "{\"groupInviteLink\":\"\"}", "not-an-admin");
        expect(about(anna, "getGroupInviteLink", NO_GROUP), "{\"groupInviteLink\":\"\"}", "group-not-found");
        expect(access(group, "\"approvalRequired\":true"), "{\"updateGroupAccess\":false}", "not-an-admin");
        expect(disappearing(group, 86_400), "{\"setGroupDisappearing\":false}", "not-an-admin");
    }

    @Test
    void whatIsNotKnownForSureIsNull() {
        String group = world.group("Team", "Anna", "Bob", "");
        world.fault("{\"kind\":\"cut\",\"xmlns\":\"w:g2\",\"child\":\"add\",\"processed\":false}");
        world.fault("{\"kind\":\"error\",\"code\":400,\"xmlns\":\"w:g2\",\"child\":\"query\",\"times\":0}");
        assertThat(json(people(anna, "addGroupParticipants", group, CAROL))
                        .at("/results/0/addParticipant")
                        .isNull())
                .isTrue();
    }

    @Test
    void aGroupIsDescribedAndItsMessagesDisappear() {
        String group = world.group("Team", "Carol", "Anna", ",\"admins\":[\"Anna\"]");
        expect(describe(group, "Bring salad"), "{\"setGroupDescription\":true}", "");
        assertThat(world.shown(group).path("description").stringValue()).isEqualTo("Bring salad");
        world.fault("{\"kind\":\"cut\",\"xmlns\":\"w:g2\",\"child\":\"description\",\"processed\":true}");
        expect(describe(group, "Bring cake"), "{\"setGroupDescription\":true}", "");
        expect(describe(group, ""), "{\"setGroupDescription\":true}", "");
        assertThat(world.shown(group).path("description").isMissingNode()).isTrue();
        assertThat(post(
                                anna,
                                "setGroupDescription",
                                "{\"groupId\":\"" + group + "\",\"description\":\"" + "x".repeat(2049) + "\"}")
                        .statusCode())
                .isEqualTo(400);

        expect(disappearing(group, 604_800), "{\"setGroupDisappearing\":true}", "");
        assertThat(world.shown(group).path("ephemeral").intValue()).isEqualTo(604_800);
        expect(disappearing(group, 604_800), "{\"setGroupDisappearing\":true}", "unchanged");
        expect(disappearing(group, 0), "{\"setGroupDisappearing\":true}", "");
        assertThat(disappearing(group, 7).body())
                .contains("'ephemeralExpiration' must be one of [0, 86400, 604800, 7776000]");
    }

    /** The first request names a wording that is not the present one any more. */
    @Test
    void aDescriptionThatOthersHaveChangedMeanwhileIsReplaced() {
        String group = world.group("Team", "Carol", "Anna", "");
        expect(describe(group, "Bring salad"), "{\"setGroupDescription\":true}", "");
        world.fault("{\"kind\":\"error\",\"code\":409,\"xmlns\":\"w:g2\",\"child\":\"description\"}");
        int before = world.requests("description");
        expect(describe(group, "Bring cake"), "{\"setGroupDescription\":true}", "");

        assertThat(world.requests("description")).isEqualTo(before + 2);
        assertThat(world.shown(group).path("description").stringValue()).isEqualTo("Bring cake");
    }

    @Test
    void whoComesInAndHowIsSetTogether() {
        String group = world.group("Team", "Anna", "Bob", "");
        String all =
                "\"allowParticipantsAddMembers\":false,\"allowParticipantsShareLink\":true,\"approvalRequired\":true";
        expect(access(group, all), "{\"updateGroupAccess\":true}", "");
        assertThat(List.of(
                        world.setting(group, "adminsAdd"),
                        world.setting(group, "membersLink"),
                        world.setting(group, "approval")))
                .containsOnly(true);
        assertThat(about(bob, "getGroupInviteLink", group).body()).contains("https://chat.whatsapp.com/");
        expect(access(group, all), "{\"updateGroupAccess\":true}", "");

        world.fault("{\"kind\":\"error\",\"code\":500,\"xmlns\":\"w:g2\",\"child\":\"member_link_mode\",\"times\":2}");
        expect(
                access(group, "\"allowParticipantsAddMembers\":true,\"allowParticipantsShareLink\":false"),
                "{\"updateGroupAccess\":false}",
                "partly-done");
        assertThat(world.setting(group, "adminsAdd")).isFalse();
        assertThat(access(group, "\"approvalRequired\":null").statusCode()).isEqualTo(400);
    }

    private String link(String method, String group) {
        return json(about(anna, method, group)).path("groupInviteLink").stringValue();
    }

    private HttpResponse<String> join(String link) {
        return post(bob, "joinGroup", "{\"groupInviteLink\":\"" + link + "\"}");
    }

    private HttpResponse<String> describe(String group, String text) {
        return post(anna, "setGroupDescription", "{\"groupId\":\"" + group + "\",\"description\":\"" + text + "\"}");
    }

    private HttpResponse<String> disappearing(String group, int seconds) {
        return post(
                anna,
                "setGroupDisappearing",
                "{\"groupId\":\"" + group + "\",\"ephemeralExpiration\":" + seconds + "}");
    }

    private HttpResponse<String> access(String group, String settings) {
        return post(anna, "updateGroupAccess", "{\"groupId\":\"" + group + "\"," + settings + "}");
    }

    private HttpResponse<String> about(Gateway.NewInstance who, String method, String group) {
        return post(who, method, "{\"groupId\":\"" + group + "\"}");
    }

    private HttpResponse<String> people(Gateway.NewInstance who, String method, String group, String... people) {
        return post(
                who,
                method,
                "{\"groupId\":\"" + group + "\",\"participantChatIds\":[\"" + String.join("\",\"", people) + "\"]}");
    }

    private HttpResponse<String> post(Gateway.NewInstance who, String method, String body) {
        return gateway.post(TestGateway.path(who, method), body);
    }

    private static String results(String... each) {
        return "{\"results\":[" + String.join(",", each) + "]}";
    }

    private static String done(String person, String flag) {
        return "{\"participantChatId\":\"" + person + "\",\"" + flag + "\":true}";
    }

    private static String not(String person, String flag, String reason) {
        return "{\"participantChatId\":\"" + person + "\",\"" + flag + "\":false,\"reason\":\"" + reason + "\"}";
    }

    private static void expect(HttpResponse<String> answer, String body, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Greenfinch-Reason").orElse("")).isEqualTo(reason);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
