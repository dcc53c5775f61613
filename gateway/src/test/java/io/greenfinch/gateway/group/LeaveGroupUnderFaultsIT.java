package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §5 when connections break, answers are lost, or WhatsApp has enough. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaveGroupUnderFaultsIT {

    private static final String ON_LEAVE = ",\"xmlns\":\"w:g2\",\"child\":\"leave\"";

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeAll
    void start(@TempDir Path data) {
        world = new SimulatedWorld();
        for (String name : new String[] {"Anna", "Bob", "Carol"}) {
            world.person(name);
        }
        gateway = TestGateway.start(data, world, Duration.ofSeconds(4));
        anna = gateway.link(world, "Anna");
    }

    /** A reboot, so that no test inherits the growing pauses between reconnects of the one before. */
    @AfterEach
    void heal() {
        world.clearFaults();
        gateway.get(TestGateway.path(anna, "reboot"));
        gateway.awaitOnline(anna);
    }

    @AfterAll
    void stop() {
        gateway.close();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionCutBetweenRequestAndAnswerIsResolvedByAsking(boolean processed) {
        String group = group();
        long fault = world.fault("{\"kind\":\"cut\",\"processed\":" + processed + ON_LEAVE + "}");

        expect(leave(group), "{\"leaveGroup\":true}", "");
        assertThat(world.fired(fault)).isEqualTo(1);
        assertThat(world.members(group)).doesNotContain("Anna");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRoleSurvivesTheCut(boolean processed) {
        String group = adminsGroup();
        world.fault("{\"kind\":\"cut\",\"processed\":" + processed + ON_LEAVE + "}");

        expect(leave(group), "{\"removeAdmin\":true}", "");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatNeverComesIsUnknownAndTheRepeatTellsTheTruth(boolean processed) {
        String group = adminsGroup();
        world.fault("{\"kind\":\"no-answer\",\"times\":1,\"processed\":" + processed + ON_LEAVE + "}");
        silenceAboutGroups(group);

        unknown(leave(group));
        world.clearFaults();

        HttpResponse<String> repeated = leave(group);
        assertThat(repeated.body()).isEqualTo("{\"removeAdmin\":true}");
        assertThat(world.members(group)).doesNotContain("Anna");
        if (processed) {
            expect(repeated, "{\"removeAdmin\":true}", "left-earlier");
        }
        // It has been told now.
        expect(leave(group), "{\"leaveGroup\":false}", "not-a-member");
    }

    @Test
    void aRateLimitThatPassesIsWaitedOut() {
        String group = group();
        long fault = world.fault("{\"kind\":\"error\",\"code\":429,\"times\":1" + ON_LEAVE + "}");

        expect(leave(group), "{\"leaveGroup\":true}", "");
        assertThat(world.fired(fault)).isEqualTo(1);
    }

    @Test
    void aRateLimitInsideTheResultIsWaitedOutToo() {
        String group = group();
        world.fault("{\"kind\":\"leave-error\",\"code\":429,\"times\":1}");

        expect(leave(group), "{\"leaveGroup\":true}", "");
    }

    @Test
    void theBackoffThatWhatsAppAsksForIsKept() {
        String group = group();
        world.fault("{\"kind\":\"error\",\"code\":429,\"backoff\":2,\"times\":1" + ON_LEAVE + "}");

        long before = System.nanoTime();
        expect(leave(group), "{\"leaveGroup\":true}", "");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aRateLimitThatLastsIsPassedOn() {
        String group = group();
        world.fault("{\"kind\":\"error\",\"code\":429,\"times\":0" + ON_LEAVE + "}");

        HttpResponse<String> answer = leave(group);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("whatsapp-rate-limit");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 30);
        assertThat(world.members(group)).contains("Anna");
    }

    @Test
    void withoutALinkNothingIsSent() {
        String group = group();
        world.fault("{\"kind\":\"link-down\",\"account\":\"Anna\"}");
        gateway.awaitOffline(anna); // before that, a leave may still go out, and its outcome is unknown

        HttpResponse<String> answer = leave(group);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("not-sent");
        assertThat(answer.body()).contains("\"message\":\"Bad Gateway\"");
        assertThat(world.members(group)).contains("Anna");

        world.clearFaults();
        gateway.awaitOnline(anna);
        expect(leave(group), "{\"leaveGroup\":true}", "");
    }

    @Test
    void aLinkThatComesBackInTimeIsWaitedFor() {
        String group = group();
        world.fault("{\"kind\":\"link-down\",\"account\":\"Anna\"}");

        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> leave(group));
        world.clearFaults();

        expect(answer.join(), "{\"leaveGroup\":true}", "");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmptyResultIsNeverTakenForALeave(boolean processed) {
        String group = group();
        world.fault("{\"kind\":\"empty-leave\",\"times\":1,\"processed\":" + processed + "}");

        expect(leave(group), "{\"leaveGroup\":true}", "");
        assertThat(world.members(group)).doesNotContain("Anna");
        assertThat(world.requests("leave")).isGreaterThan(0);
    }

    @Test
    void anEmptyResultForAStrangersGroupIsNoLeave() {
        String group = world.group("Others", "Bob", "Carol", "");
        world.fault("{\"kind\":\"empty-leave\",\"times\":0}");

        expect(leave(group), "{\"leaveGroup\":false}", "not-a-member");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGroupAbsentFromTheResultIsAskedAbout(boolean processed) {
        String group = adminsGroup();
        world.fault("{\"kind\":\"absent-group\",\"times\":1,\"processed\":" + processed + "}");

        expect(leave(group), "{\"removeAdmin\":true}", "");
        assertThat(world.members(group)).doesNotContain("Anna");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "leave-error"})
    void aServerErrorIsAskedAboutAndTriedOnceMore(String kind) {
        String group = group();
        String where = kind.equals("error") ? ON_LEAVE : "";
        long fault = world.fault("{\"kind\":\"" + kind + "\",\"code\":500,\"times\":1" + where + "}");

        expect(leave(group), "{\"leaveGroup\":true}", "");
        assertThat(world.fired(fault)).isEqualTo(1);
        assertThat(world.members(group)).doesNotContain("Anna");
    }

    @Test
    void aServerErrorThatHidesALeaveIsFoundOut() {
        String group = group();
        world.fault("{\"kind\":\"error\",\"code\":503,\"times\":1,\"processed\":true" + ON_LEAVE + "}");

        expect(leave(group), "{\"leaveGroup\":true}", "");
    }

    @Test
    void aConnectionThatIsHalfOpenIsNoticedLaterAndTheRepeatTellsTheTruth() {
        String group = group();
        world.fault("{\"kind\":\"half-open\",\"processed\":true" + ON_LEAVE + "}");

        unknown(leave(group));
        world.clearFaults();
        gateway.get(TestGateway.path(anna, "reboot"));
        expect(leave(group), "{\"leaveGroup\":true}", "left-earlier");
    }

    @Test
    void manyGroupsHaveManyOutcomes() {
        String admins = adminsGroup();
        String members = group();
        String strangers = world.group("Others", "Bob", "Carol", "");
        String refused = group();
        world.fault("{\"kind\":\"leave-error\",\"code\":423,\"group\":\"" + refused + "\"}");
        int before = world.requests("leave");

        String ids = "\"" + String.join("\",\"", refused, "999@g.us", members, strangers, admins) + "\"";
        HttpResponse<String> answer =
                gateway.post(TestGateway.path(anna, "leaveGroups"), "{\"groupIds\":[" + ids + "]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"results\":[{\"groupId\":\"" + refused
                        + "\",\"leaveGroup\":false,\"reason\":\"locked\"},"
                        + "{\"groupId\":\"999@g.us\",\"leaveGroup\":false,\"reason\":\"group-not-found\"},"
                        + "{\"groupId\":\"" + members + "\",\"leaveGroup\":true},"
                        + "{\"groupId\":\"" + strangers + "\",\"leaveGroup\":false,\"reason\":\"not-a-member\"},"
                        + "{\"groupId\":\"" + admins + "\",\"leaveGroup\":true,\"removeAdmin\":true}]}");
        assertThat(world.requests("leave")).isEqualTo(before + 1);
    }

    @Test
    void ofManyGroupsTheUnknownAreToldApartFromTheKnown() {
        String known = group();
        String lost = group();
        world.fault("{\"kind\":\"absent-group\",\"times\":0,\"group\":\"" + lost + "\",\"processed\":true}");
        silenceAboutGroups(known, lost);

        HttpResponse<String> answer = gateway.post(
                TestGateway.path(anna, "leaveGroups"), "{\"groupIds\":[\"" + known + "\",\"" + lost + "\"]}");

        assertThat(answer.body())
                .isEqualTo("{\"results\":[{\"groupId\":\"" + known + "\",\"leaveGroup\":true},{\"groupId\":\"" + lost
                        + "\",\"leaveGroup\":null,\"reason\":\"unknown\"}]}");
        world.clearFaults();
        expect(leave(lost), "{\"leaveGroup\":true}", "left-earlier");
        expect(leave(known), "{\"leaveGroup\":false}", "not-a-member");
    }

    /** Neither questions nor news: nothing can be found out any more about groups that the gateway knows until now. */
    private void silenceAboutGroups(String... known) {
        for (String group : known) {
            assertThat(gateway.post(TestGateway.path(anna, "getGroupData"), "{\"groupId\":\"" + group + "\"}")
                            .body())
                    .contains("\"groupId\":\"" + group + "\"");
        }
        world.fault("{\"kind\":\"no-answer\",\"times\":0,\"processed\":false,\"xmlns\":\"w:g2\",\"child\":\"query\"}");
        world.fault("{\"kind\":\"no-answer\",\"times\":0,\"stanza\":\"notification\",\"xmlns\":\"w:gp2\"}");
    }

    private String group() {
        return world.group("Team", "Bob", "Anna,Carol", "");
    }

    private String adminsGroup() {
        return world.group("Team", "Bob", "Anna,Carol", ",\"admins\":[\"Anna\"]");
    }

    private HttpResponse<String> leave(String group) {
        return gateway.post(TestGateway.path(anna, "leaveGroup"), "{\"groupId\":\"" + group + "\"}");
    }

    private static void unknown(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
        assertThat(answer.headers().firstValue("Greenfinch-Reason")).hasValue("unknown");
    }

    private static void expect(HttpResponse<String> answer, String body, String reason) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Greenfinch-Reason").orElse("")).isEqualTo(reason);
    }
}
