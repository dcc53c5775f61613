package io.greenfinch.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Phone calls between Bob, who is linked, and Carol, in notifications and journals (green-api.md §6.11, §7.5), through a simulated
 * WhatsApp.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PhoneCallsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CAROL = "15550001003@c.us";

    private final SimulatedWorld world = new SimulatedWorld();
    private Path data;
    private TestGateway gateway;
    private Gateway.NewInstance bob;

    @BeforeAll
    void start(@TempDir Path folder) {
        data = folder;
        world.person("Bob", "15550001002");
        world.person("Carol", "15550001003");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        bob = gateway.link(world, "Bob");
        set("\"incomingWebhook\":\"yes\",\"incomingCallWebhook\":\"yes\",\"outgoingCallWebhook\":\"yes\"");
        // So Bob knows her by both her names.
        nothingMore();
    }

    @AfterAll
    void stop() {
        gateway.close();
        world.close();
    }

    private void set(String settings) {
        assertThat(gateway.post(TestGateway.path(bob, "setSettings"), "{" + settings + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    /** The next notification of something else than the state, which comes soon. */
    private JsonNode next() {
        while (true) {
            JsonNode received =
                    JSON.readTree(gateway.get(TestGateway.path(bob, "receiveNotification") + "?receiveTimeout=20")
                            .body());
            assertThat(received.isObject()).as("a notification").isTrue();
            gateway.send("DELETE", TestGateway.path(bob, "deleteNotification") + "/" + received.path("receiptId"), "");
            if (!received.at("/body/typeWebhook").asString("").equals("stateInstanceChanged")) {
                return received.path("body");
            }
        }
    }

    /** Everything that was to be told has been told. */
    private void nothingMore() {
        world.says("Carol", "Bob", "That was all");
        assertThat(next().path("typeWebhook").stringValue()).isEqualTo("incomingMessageReceived");
    }

    private void tells(String call, String status) {
        JsonNode told = next();
        assertThat(told.path("typeWebhook").stringValue()).isEqualTo("incomingCall");
        assertThat(told.path("idMessage").stringValue()).isEqualTo(call);
        assertThat(told.path("from").stringValue()).isEqualTo(CAROL);
        assertThat(told.path("status").stringValue()).isEqualTo(status);
    }

    private List<JsonNode> journal(String method, String call) {
        var response = gateway.get(TestGateway.path(bob, method));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body())
                .valueStream()
                .filter(each -> each.path("idMessage").stringValue().equals(call))
                .toList();
    }

    private void stands(String call, String chat, boolean video, boolean group, String status) {
        JsonNode item = journal("lastIncomingCalls", call).getFirst();
        assertThat(item.path("timestamp").asLong()).isPositive();
        assertThat(item.toString())
                .isEqualTo("{\"type\":\"incoming\",\"idMessage\":\"" + call + "\",\"timestamp\":"
                        + item.path("timestamp").asLong() + ",\"typeMessage\":\"incomingCall\",\"chatId\":\"" + chat
                        + "\",\"isVideo\":" + video + ",\"isGroup\":" + group + ",\"status\":\"" + status + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"Bob, accept, pickUp", "Bob, reject, hungUp", "Carol, hang-up, declined", "Carol, ring-out, declined"})
    void aCallIsToldTwiceAndStandsInTheJournalOnce(String person, String action, String status) {
        String call = world.calls("Carol", "Bob", ",\"video\":true");
        tells(call, "offer");
        assertThat(journal("lastIncomingCalls", call)).as("it rings").isEmpty();
        world.about(call, person, action);
        tells(call, status);
        stands(call, CAROL, true, false, status);
        if (action.equals("accept")) {
            world.about(call, "Bob", "hang-up");
        }
        nothingMore();
        assertThat(journal("lastIncomingCalls", call)).hasSize(1);
        assertThat(journal("lastOutgoingCalls", call)).isEmpty();
    }

    @Test
    void stanzasThatComeTwiceAreOneCall() {
        world.fault("{\"kind\":\"duplicate\",\"stanza\":\"call\",\"times\":10}");
        String call = world.calls("Carol", "Bob", "");
        tells(call, "offer");
        world.about(call, "Bob", "reject");
        tells(call, "hungUp");
        nothingMore();
        world.clearFaults();
        stands(call, CAROL, false, false, "hungUp");
    }

    @Test
    void itsEndIsToldAfterARestart() {
        String call = world.calls("Carol", "Bob", ",\"addressing\":\"pn\"");
        tells(call, "offer");
        gateway.close();
        world.about(call, "Carol", "ring-out");
        String missed = world.calls("Carol", "Bob", "");
        world.about(missed, "Carol", "hang-up");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        gateway.awaitOnline(bob);
        tells(call, "declined");
        tells(missed, "offer");
        tells(missed, "declined");
        nothingMore();
    }

    @Test
    void aCallOfAGroupStandsInItsChat() {
        String group = world.group("Team", "Carol", "Bob", "");
        String call = world.calls("Carol", group, ",\"video\":true");
        tells(call, "offer");
        world.about(call, "Bob", "accept");
        tells(call, "pickUp");
        world.about(call, "Carol", "hang-up");
        nothingMore();
        stands(call, group, true, true, "pickUp");
    }

    @Test
    void aCallOfThePhoneIsToldAtItsEnd() {
        String call = world.calls("Bob", "Carol", "");
        world.about(call, "Carol", "accept");
        world.about(call, "Bob", "hang-up");
        JsonNode told = next();
        assertThat(told.path("typeWebhook").stringValue()).isEqualTo("outgoingCall");
        assertThat(told.path("idMessage").stringValue()).isEqualTo(call);
        assertThat(told.path("from").stringValue()).isEqualTo(CAROL);
        assertThat(told.path("isVideo").booleanValue()).isFalse();
        assertThat(told.path("duration").asInt()).isBetween(0, 60);
        assertThat(told.path("status").stringValue()).isEqualTo("pickUp");
        assertThat(told.path("participants").toString())
                .isEqualTo("[{\"id\":\"" + CAROL + "\",\"status\":\"pickUp\"}]");
        JsonNode item = journal("lastOutgoingCalls", call).getFirst();
        assertThat(item.path("typeMessage").stringValue()).isEqualTo("outgoingCall");
        assertThat(item.path("participants")).isEqualTo(told.path("participants"));
        assertThat(item.path("duration")).isEqualTo(told.path("duration"));
        assertThat(journal("lastIncomingCalls", call)).isEmpty();

        String unwanted = world.calls("Bob", "Carol", "");
        world.about(unwanted, "Carol", "reject");
        assertThat(next().path("status").stringValue()).isEqualTo("hungUp");
        nothingMore();
    }

    @Test
    void whatIsSwitchedOffStandsInTheJournalAlone() {
        set("\"incomingCallWebhook\":\"no\",\"outgoingCallWebhook\":\"no\"");
        String call = world.calls("Carol", "Bob", "");
        world.about(call, "Bob", "reject");
        String own = world.calls("Bob", "Carol", "");
        world.about(own, "Bob", "hang-up");
        nothingMore();
        set("\"incomingCallWebhook\":\"yes\",\"outgoingCallWebhook\":\"yes\"");
        stands(call, CAROL, false, false, "hungUp");
        assertThat(journal("lastOutgoingCalls", own))
                .extracting(item -> item.path("status").stringValue())
                .containsExactly("hungUp");
    }

    @Test
    void theJournalEndsWithTheLink() {
        String call = world.calls("Carol", "Bob", "");
        tells(call, "offer");
        world.about(call, "Bob", "reject");
        tells(call, "hungUp");
        String rings = world.calls("Carol", "Bob", "");
        tells(rings, "offer");
        assertThat(gateway.get(TestGateway.path(bob, "logout")).body()).contains("true");
        assertThat(journal("lastIncomingCalls", call)).isEmpty();
        gateway.linkAgain(world, bob, "Bob");
        world.about(rings, "Carol", "hang-up");
        nothingMore();
        assertThat(journal("lastIncomingCalls", rings)).isEmpty();
    }

    @Test
    void minutesMustBeSome() {
        assertThat(gateway.get(TestGateway.path(bob, "lastIncomingCalls") + "?minutes=-1")
                        .statusCode())
                .isEqualTo(400);
        for (String minutes :
                new String[] {"5", "0", "", "2147483647"}) { // who fills what is not used writes 0 or nothing
            assertThat(gateway.get(TestGateway.path(bob, "lastOutgoingCalls") + "?minutes=" + minutes)
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
