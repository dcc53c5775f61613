package io.greenfinch.gateway.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

/** The methods about communities, against the simulated WhatsApp. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommunitiesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String COMMUNITY = ",\"community\":true";
    private static final String NO_GROUP = "120363999999999999@g.us";

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
    void aCommunityIsMadeAndFilledAndEmptied() {
        String town = created(post("createCommunity", "{\"communityName\":\"Town\",\"description\":\"All of us\"}"));
        assertThat(world.shown(town).path("kind").stringValue()).isEqualTo("community");
        assertThat(world.shown(town).path("description").stringValue()).isEqualTo("All of us");
        String choir = world.group("Choir", "Anna", "Bob", "");

        expect(change("linkCommunityGroups", town, choir), results(done(choir, "linkGroup")), "");
        assertThat(world.shown(choir).path("community").stringValue()).isEqualTo(town);
        assertThat(world.members(town)).containsExactly("Anna", "Bob");
        JsonNode groups = json(about("getCommunityGroups", town)).path("groups");
        assertThat(groups.size()).isEqualTo(2);
        assertThat(groups.valueStream())
                .anySatisfy(group -> {
                    assertThat(group.path("groupId").stringValue()).isEqualTo(choir);
                    assertThat(group.path("subject").stringValue()).isEqualTo("Choir");
                    assertThat(group.path("isCommunityAnnounce").booleanValue()).isFalse();
                    assertThat(group.path("size").intValue()).isEqualTo(2);
                })
                .anySatisfy(
                        group -> assertThat(group.path("isCommunityAnnounce").booleanValue())
                                .isTrue());
        await().atMost(PATIENCE)
                .until(() -> listed(choir)
                        .map(group -> group.path("communityId").stringValue(""))
                        .equals(Optional.of(town)));
        assertThat(listed(town).orElseThrow().path("isCommunity").booleanValue())
                .isTrue();

        expect(change("linkCommunityGroups", town, choir), results(not(choir, "linkGroup", "already-linked")), "");
        expect(change("unlinkCommunityGroups", town, choir), results(done(choir, "unlinkGroup")), "");
        assertThat(world.shown(choir).path("community").isMissingNode()).isTrue();
        expect(change("unlinkCommunityGroups", town, choir), results(not(choir, "unlinkGroup", "not-linked")), "");
        await().atMost(PATIENCE)
                .until(() -> listed(choir)
                        .filter(group -> group.has("subject") && !group.has("communityId"))
                        .isPresent());
    }

    @Test
    void whatMayNotBeLinkedIsToldForEach() {
        String town = world.group("Town", "Anna", "Bob", COMMUNITY);
        String choir = world.group("Choir", "Anna", "Bob", "");
        String bobs = world.group("Chess", "Bob", "Anna", "");
        String others = world.group("Golf", "Bob", "Carol", "");
        String village = world.group("Village", "Anna", "", COMMUNITY);
        String taken = world.group("Band", "Anna", "Bob", ",\"inside\":\"" + village + "\"");

        expect(
                change("linkCommunityGroups", town, choir, bobs, others, taken, NO_GROUP),
                results(
                        done(choir, "linkGroup"),
                        not(bobs, "linkGroup", "not-an-admin"),
                        not(others, "linkGroup", "not-a-member"),
                        not(taken, "linkGroup", "linked-elsewhere"),
                        not(NO_GROUP, "linkGroup", "group-not-found")),
                "");
        expect(change("linkCommunityGroups", choir, taken), results(not(taken, "linkGroup", "not-a-community")), "");
        expect(about("getCommunityGroups", choir), "{\"groups\":null}", "not-a-community");
        expect(about("getCommunityGroups", NO_GROUP), "{\"groups\":null}", "group-not-found");
        String foreign = world.group("City", "Bob", "Anna", COMMUNITY);
        String inner = world.group("Opera", "Bob", "Anna", ",\"inside\":\"" + foreign + "\"");
        expect(change("unlinkCommunityGroups", foreign, inner), results(not(inner, "unlinkGroup", "not-an-admin")), "");
        expect(
                change("unlinkCommunityGroups", world.group("Far", "Bob", "", COMMUNITY), choir),
                results(not(choir, "unlinkGroup", "not-a-member")),
                "");
    }

    @ParameterizedTest
    @CsvSource({
        "links, linkCommunityGroups, linkGroup, true",
        "links, linkCommunityGroups, linkGroup, false",
        "unlink, unlinkCommunityGroups, unlinkGroup, true"
    })
    void whatIsCutOffIsFoundOut(String child, String method, String flag, boolean processed) {
        String town = world.group("Town", "Anna", "Bob", COMMUNITY);
        String inside = child.equals("links") ? "" : ",\"inside\":\"" + town + "\"";
        String choir = world.group("Choir", "Anna", "Bob", inside);
        cut(child, processed);

        expect(change(method, town, choir), results(done(choir, flag)), "");
        assertThat(world.shown(choir).path("community").isMissingNode()).isEqualTo(child.equals("unlink"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"kind\":\"cut\",\"processed\":true", "\"kind\":\"error\",\"code\":500,\"processed\":true"})
    void aCommunityWhoseAnswerIsLostIsFoundAndNeverMadeTwice(String fault) {
        String name = "Town " + fault.hashCode();
        world.fault("{" + fault + ",\"xmlns\":\"w:g2\",\"child\":\"create\"}");
        String made = created(post("createCommunity", "{\"communityName\":\"" + name + "\"}"));

        assertThat(world.shown(made).path("kind").stringValue()).isEqualTo("community");
        assertThat(world.groups())
                .as("the community and its announcement group")
                .filteredOn(group -> group.subject().equals(name))
                .hasSize(2);
    }

    @Test
    void aCommunityThatWhatsAppRefusesIsNotMade() {
        world.fault("{\"kind\":\"error\",\"code\":419,\"xmlns\":\"w:g2\",\"child\":\"create\"}");
        expect(post("createCommunity", "{\"communityName\":\"Town\"}"), "{\"created\":false}", "refused-419");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCommunityIsLeftWithAllItsGroups(boolean lost) {
        String town = world.group("Town", "Bob", "Anna", COMMUNITY);
        String choir = world.group("Choir", "Bob", "Anna", ",\"inside\":\"" + town + "\"");
        if (lost) {
            cut("leave", true);
        }
        expect(about("leaveCommunity", town), "{\"leaveCommunity\":true}", "");
        assertThat(List.of(world.members(town), world.members(choir))).containsOnly(List.of("Bob"));
        expect(about("leaveCommunity", town), "{\"leaveCommunity\":false}", "not-a-member");
        await().atMost(PATIENCE).until(() -> listed(choir).isEmpty());
    }

    @Test
    void whatIsNoCommunityOrOursIsNotLeft() {
        String choir = world.group("Choir", "Bob", "Anna", "");
        expect(about("leaveCommunity", choir), "{\"leaveCommunity\":false}", "not-a-community");
        assertThat(world.members(choir)).contains("Anna");
        String town = world.group("Town", "Anna", "Bob", COMMUNITY);
        expect(about("leaveCommunity", town), "{\"leaveCommunity\":false}", "not-allowed");
        expect(about("leaveCommunity", NO_GROUP), "{\"leaveCommunity\":false}", "group-not-found");
    }

    @Test
    void whatMayBeNoCommunityIsNotLeft() {
        String choir = world.group("Choir", "Bob", "Carol", "");
        world.fault("{\"kind\":\"error\",\"code\":406,\"xmlns\":\"w:g2\",\"child\":\"query\"}");
        world.fault("{\"kind\":\"cut\",\"xmlns\":\"w:g2\",\"type\":\"set\",\"child\":\"leave\",\"times\":0}");
        expect(about("leaveCommunity", choir), "{\"leaveCommunity\":false}", "refused-406");
    }

    private void cut(String child, boolean processed) {
        world.fault("{\"kind\":\"cut\",\"xmlns\":\"w:g2\",\"type\":\"set\",\"child\":\"" + child + "\",\"processed\":"
                + processed + "}");
    }

    /** A group as getGroups shows it. */
    private Optional<JsonNode> listed(String group) {
        return json(gateway.get(TestGateway.path(anna, "getGroups")))
                .valueStream()
                .filter(each -> each.path("groupId").stringValue("").equals(group))
                .findFirst();
    }

    private static String created(HttpResponse<String> answer) {
        JsonNode made = json(answer);
        assertThat(made.path("created").booleanValue(false)).as(answer.body()).isTrue();
        return made.path("communityId").stringValue();
    }

    private HttpResponse<String> about(String method, String community) {
        return post(method, "{\"communityId\":\"" + community + "\"}");
    }

    private HttpResponse<String> change(String method, String community, String... groups) {
        return post(
                method,
                "{\"communityId\":\"" + community + "\",\"groupIds\":[\"" + String.join("\",\"", groups) + "\"]}");
    }

    private HttpResponse<String> post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body);
    }

    private static String results(String... each) {
        return "{\"results\":[" + String.join(",", each) + "]}";
    }

    private static String done(String group, String flag) {
        return "{\"groupId\":\"" + group + "\",\"" + flag + "\":true}";
    }

    private static String not(String group, String flag, String reason) {
        return "{\"groupId\":\"" + group + "\",\"" + flag + "\":false,\"reason\":\"" + reason + "\"}";
    }

    private static void expect(HttpResponse<String> answer, String body, String reason) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Greenfinch-Reason").orElse("")).isEqualTo(reason);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
