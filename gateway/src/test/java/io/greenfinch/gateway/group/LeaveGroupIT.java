package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** The table of design §5, through HTTP against the simulated WhatsApp: what is certain at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaveGroupIT {

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeAll
    void start(@TempDir Path data) {
        world = new SimulatedWorld();
        for (String name : new String[] {"Anna", "Bob", "Carol"}) {
            world.person(name);
        }
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
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
    void aMemberLeavesAndTheOthersSeeIt(String addressing) {
        String group = world.group("Team", "Bob", "Anna,Carol", mode(addressing));

        expect(leave(group), "{\"leaveGroup\":true}", "");

        assertThat(world.members(group)).containsExactlyInAnyOrder("Bob", "Carol");
        assertThat(world.seen("Bob")).contains("Anna left \"Team\"");
        assertThat(world.seen("Carol")).contains("Anna left \"Team\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void anAdminLeaves(String addressing) {
        String group = world.group("Team", "Bob", "Anna,Carol", mode(addressing) + ",\"admins\":[\"Anna\"]");

        expect(leave(group), "{\"removeAdmin\":true}", "");
        assertThat(world.members(group)).doesNotContain("Anna");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void aSuperAdminLeavesAndIsSucceeded(String addressing) {
        String group = world.group("Team", "Anna", "Bob,Carol", mode(addressing));

        expect(leave(group), "{\"removeAdmin\":true}", "");
        assertThat(world.members(group)).containsExactlyInAnyOrder("Bob", "Carol");
        assertThat(world.rank(group, "Bob") + world.rank(group, "Carol")).contains("admin");
    }

    @Test
    void theLastMemberLeaves() {
        String group = world.group("Alone", "Anna", "", "");

        expect(leave(group), "{\"removeAdmin\":true}", "");
        HttpResponse<String> again = leave(group);
        assertThat(again.body()).isEqualTo("{\"leaveGroup\":false}");
    }

    @Test
    void whoHasLeftIsNotAMember() {
        String group = world.group("Team", "Bob", "Anna", "");

        expect(leave(group), "{\"leaveGroup\":true}", "");
        expect(leave(group), "{\"leaveGroup\":false}", "not-a-member");
        expect(leave(group), "{\"leaveGroup\":false}", "not-a-member");
    }

    @Test
    void aStrangersGroupCanNotBeLeft() {
        String group = world.group("Others", "Bob", "Carol", "");

        expect(leave(group), "{\"leaveGroup\":false}", "not-a-member");
    }

    @ParameterizedTest
    @ValueSource(strings = {"120363999999999999@g.us", "1@g.us", "79876543210-1581234048@g.us"})
    void aGroupThatNeverWasIsNotFound(String group) {
        expect(leave(group), "{\"leaveGroup\":false}", "group-not-found");
    }

    @Test
    void whoWasRemovedByAnotherIsNotAMember() {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        world.act(group, "Bob", "remove", "Anna");

        expect(leave(group), "{\"leaveGroup\":false}", "not-a-member");
    }

    /** Both at the same moment are one leave, for nobody can tell whose it was. */
    @Test
    void whoLeftOnThePhoneBeforeIsNotAMember() {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        world.act(group, "Anna", "leave", "");
        await().until(() ->
                !gateway.get(TestGateway.path(anna, "getGroups")).body().contains(group));

        expect(leave(group), "{\"leaveGroup\":false}", "not-a-member");
    }

    @Test
    void whoWasAddedAgainCanLeaveAgain() {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        expect(leave(group), "{\"leaveGroup\":true}", "");
        world.act(group, "Bob", "add", "Anna");
        world.act(group, "Bob", "promote", "Anna");

        expect(leave(group), "{\"removeAdmin\":true}", "");
        assertThat(world.members(group)).doesNotContain("Anna");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pn", "lid"})
    void theRoleIsThatOfTheMoment(String addressing) {
        String promoted = world.group("Promoted", "Bob", "Anna,Carol", mode(addressing));
        world.act(promoted, "Bob", "promote", "Anna");
        String demoted = world.group("Demoted", "Bob", "Anna,Carol", mode(addressing) + ",\"admins\":[\"Anna\"]");
        world.act(demoted, "Bob", "demote", "Anna");

        expect(leave(promoted), "{\"removeAdmin\":true}", "");
        expect(leave(demoted), "{\"leaveGroup\":true}", "");
    }

    @Test
    void theRoleIsKeptWhenTheEchoComesFirst() {
        String group = world.group("Team", "Bob", "Anna,Carol", ",\"admins\":[\"Anna\"]");
        world.fault("{\"kind\":\"echo-first\",\"xmlns\":\"w:g2\",\"child\":\"leave\"}");

        expect(leave(group), "{\"removeAdmin\":true}", "");
    }

    @ParameterizedTest
    @CsvSource({
        "403,not-a-member",
        "404,group-not-found",
        "410,group-not-found",
        "405,not-allowed",
        "406,not-allowed",
        "400,not-allowed",
        "409,not-allowed",
        "423,locked",
        "401,not-allowed"
    })
    void aRefusalInsideTheResultIsNoLeave(int code, String reason) {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        world.fault("{\"kind\":\"leave-error\",\"code\":" + code + "}");

        expect(leave(group), "{\"leaveGroup\":false}", reason);
        assertThat(world.members(group)).contains("Anna");
    }

    @ParameterizedTest
    @CsvSource({
        "403,not-allowed",
        "404,not-allowed",
        "405,not-allowed",
        "406,not-allowed",
        "423,locked",
        "401,not-allowed"
    })
    void aRefusalOfTheWholeRequestIsNoLeave(int code, String reason) {
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        world.fault("{\"kind\":\"error\",\"xmlns\":\"w:g2\",\"child\":\"leave\",\"code\":" + code + "}");

        expect(leave(group), "{\"leaveGroup\":false}", reason);
        assertThat(world.members(group)).contains("Anna");
    }

    @Test
    void anUnclearRefusalIsAskedAbout() {
        String group = world.group("Others", "Bob", "Carol", "");
        world.fault("{\"kind\":\"leave-error\",\"code\":401}");

        expect(leave(group), "{\"leaveGroup\":false}", "not-a-member");
        assertThat(world.requests("query")).isGreaterThan(0);
    }

    @Test
    void aCommunityIsLeftUnlessOneOwnsItAndItsAnnouncementsNeverAlone() {
        String of = ",\"community\":true";
        String bobs = world.group("Bobs", "Bob", "Anna,Carol", of);
        String annas = world.group("Annas", "Anna", "Bob", of);

        expect(leave(annas), "{\"leaveGroup\":false}", "not-allowed");
        expect(leave(announcements("Bobs", bobs)), "{\"leaveGroup\":false}", "not-allowed");
        expect(leave(bobs), "{\"leaveGroup\":true}", "");
        assertThat(world.members(bobs)).doesNotContain("Anna");
    }

    private String announcements(String subject, String community) {
        return world.groups().stream()
                .filter(group -> group.subject().equals(subject) && !group.id().equals(community))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void anAccountThatIsNotLinkedCanLeaveNothing() {
        Gateway.NewInstance fresh = gateway.gateway().createInstance("fresh");
        HttpResponse<String> answer =
                gateway.post(TestGateway.path(fresh, "leaveGroup"), "{\"groupId\":\"120363999999999999@g.us\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\":\"instance is starting or not authorized\"");
    }

    private HttpResponse<String> leave(String group) {
        return gateway.post(TestGateway.path(anna, "leaveGroup"), "{\"groupId\":\"" + group + "\"}");
    }

    private static String mode(String addressing) {
        return ",\"addressing\":\"" + addressing + "\"";
    }

    private static void expect(HttpResponse<String> answer, String body, String reason) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Greenfinch-Reason").orElse("")).isEqualTo(reason);
    }
}
