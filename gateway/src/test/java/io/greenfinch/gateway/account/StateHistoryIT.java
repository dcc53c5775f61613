package io.greenfinch.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** States with what really causes them, and how they are remembered (green-api.md §4.3 and §4.4). */
class StateHistoryIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(10));
        anna = gateway.link(world, "Anna");
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void changesAreToldNewestFirstAndSurviveARestart() {
        told("authorized");
        refusedWith("{\"kind\":\"login-failure\",\"reason\":403,\"times\":0}");
        told("blocked", "authorized");
        refusedWith("{\"kind\":\"login-failure\",\"reason\":402,\"attributes\":{\"expire\":\"3600\"},\"times\":0}");
        told("suspended", "blocked", "authorized");
        world.clearFaults();
        get("reboot", "");
        told("authorized", "suspended", "blocked", "authorized");
        world.unlinkAll("Anna");
        told("notAuthorized", "authorized", "suspended", "blocked", "authorized");

        String all = history("").toString();
        assertThat(history("?count=2").size()).isEqualTo(2);
        gateway.close();
        gateway = TestGateway.start(data, world, Duration.ofSeconds(10));
        assertThat(history("")).hasToString(all);
        assertThat(history("").valueStream())
                .allSatisfy(change ->
                        assertThat(change.path("phoneNumber").stringValue()).isEqualTo("15550001001@c.us"));
    }

    @Test
    void aClientThatIsTooOldIsStartingAndThatIsNoChange() {
        refusedWith("{\"kind\":\"login-failure\",\"reason\":405,\"times\":0}");
        await().until(() -> get("getStateInstance", "").body().equals("{\"stateInstance\":\"starting\"}"));
        assertThat(states()).containsExactly("authorized");
    }

    @Test
    void aRestartIsNoChange() {
        told("authorized");
        gateway.close();
        gateway = TestGateway.start(data, world, Duration.ofSeconds(10));
        gateway.awaitOnline(anna);
        assertThat(states()).containsExactly("authorized");
    }

    @Test
    void aNewInstanceHasNoHistory() {
        told("authorized");
        Gateway.NewInstance other = gateway.gateway().createInstance("other");
        assertThat(gateway.get(TestGateway.path(other, "getStateInstanceHistory"))
                        .body())
                .isEqualTo("[]");
    }

    @Test
    void theCountStandsInTheQueryOrInTheBody() {
        told("authorized");
        assertThat(history("?count=1&x=y").size()).isEqualTo(1);
        assertThat(gateway.send("GET", TestGateway.path(anna, "GetStateInstanceHistory"), "{\"count\":200,\"x\":1}")
                        .statusCode())
                .isEqualTo(200);
        for (String ignored : new String[] {"null", "17", "0", "{"}) {
            assertThat(gateway.send("GET", TestGateway.path(anna, "getStateInstanceHistory"), ignored)
                            .statusCode())
                    .as(ignored)
                    .isEqualTo(200);
        }
        assertThat(history("?count=0")).as("who does not use it writes 0").isEqualTo(history(""));
        assertThat(get("getStateInstanceHistory", "?count=-1").body())
                .contains("'count' must be greater than or equal to 1");
        assertThat(get("getStateInstanceHistory", "?count=many").body()).contains("'count' must be a number");
    }

    private void refusedWith(String fault) {
        world.clearFaults();
        world.fault(fault);
        get("reboot", "");
    }

    private void told(String... states) {
        await().untilAsserted(() -> assertThat(states()).containsExactly(states));
    }

    private List<String> states() {
        return history("")
                .valueStream()
                .map(change -> change.path("stateInstance").stringValue())
                .toList();
    }

    private JsonNode history(String query) {
        return JSON.readTree(get("getStateInstanceHistory", query).body());
    }

    private HttpResponse<String> get(String method, String query) {
        return gateway.get(TestGateway.path(anna, method) + query);
    }
}
