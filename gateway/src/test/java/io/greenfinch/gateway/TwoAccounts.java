package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Anna and Bob, both linked to one gateway on a simulated WhatsApp; Bob is told what comes in. */
public final class TwoAccounts implements AutoCloseable {

    public static final String BOB = "15550001002@c.us";

    private static final JsonMapper JSON = new JsonMapper();

    public final SimulatedWorld world = new SimulatedWorld();
    public final TestGateway gateway;
    public final Gateway.NewInstance anna;
    public final Gateway.NewInstance bob;

    public TwoAccounts(Path data) {
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        anna = gateway.link(world, "Anna");
        bob = gateway.link(world, "Bob");
        post(bob, "setSettings", "{\"incomingWebhook\":\"yes\"}");
    }

    /** Where the API is. */
    public String apiUrl() {
        return gateway.gateway().apiUrl().toString();
    }

    /** The answer of a success. */
    public JsonNode post(Gateway.NewInstance who, String method, String body) {
        var response = gateway.post(TestGateway.path(who, method), body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** The next message that Bob is told of, which comes soon. */
    public JsonNode next() {
        while (true) {
            JsonNode received =
                    JSON.readTree(gateway.get(TestGateway.path(bob, "receiveNotification") + "?receiveTimeout=20")
                            .body());
            assertThat(received.isObject()).as("a notification").isTrue();
            gateway.send("DELETE", TestGateway.path(bob, "deleteNotification") + "/" + received.path("receiptId"), "");
            if (received.at("/body/typeWebhook").asString("").equals("incomingMessageReceived")) {
                return received;
            }
        }
    }

    @Override
    public void close() {
        gateway.close();
        world.close();
    }
}
