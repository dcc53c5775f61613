package io.greenfinch.gateway.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.protocol.proto.LocationMessage;
import io.greenfinch.protocol.proto.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is no text, between Anna's caller and Bob's phone, through the engine and a simulated WhatsApp. */
@Timeout(120)
class SimulatedKindsIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private String group = "";

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        anna = gateway.link(world, "Anna");
        post(
                "setSettings",
                "{\"incomingWebhook\":\"yes\",\"pollMessageWebhook\":\"yes\",\"editedMessageWebhook\":\"yes\","
                        + "\"deletedMessageWebhook\":\"yes\"}");
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    /** The chat, as the API has it and as Bob's phone has it. */
    private String chat(String kind, boolean phone) {
        if (kind.equals("direct")) {
            return phone ? "Anna" : "15550001002@c.us";
        }
        return group;
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "lid", "pn"})
    void goesBothWays(String kind) {
        group = kind.equals("direct") ? "" : world.group("Team", "Bob", "Anna", ",\"addressing\":\"" + kind + "\"");
        String to = "{\"chatId\":\"" + chat(kind, false) + "\",";

        String poll = id(post(
                "sendPoll",
                to + "\"message\":\"Colour?\",\"options\":[{\"optionName\":\"green\"},{\"optionName\":\"red\"}]}"));
        seen("[poll] Colour?");
        world.does("Bob", Map.of("vote", List.of("red"), "message", poll));
        JsonNode vote = next("pollUpdateMessage").path("pollMessageData");
        assertThat(vote.path("stanzaId").stringValue()).isEqualTo(poll);
        assertThat(vote.at("/votes/1/optionVoters/0").stringValue()).isEqualTo("15550001002@c.us");

        id(post("sendLocation", to + "\"latitude\":51.5,\"longitude\":0,\"nameLocation\":\"Here\"}"));
        seen("[location] Here");
        String text = id(post("sendMessage", to + "\"message\":\"Helo\"}"));
        seen("Helo");
        String about = to + "\"idMessage\":\"" + text + "\"";
        id(post("editMessage", about + ",\"message\":\"Hello\"}"));
        seen("edited a message: Hello");
        assertThat(post("deleteMessage", about + "}")).isEmpty();
        seen("deleted a message");

        Message place = Message.newBuilder()
                .setLocationMessage(LocationMessage.newBuilder().setName("There"))
                .build();
        String theirs = world.does(
                "Bob",
                Map.of("to", chat(kind, true), "content", Base64.getEncoder().encodeToString(place.toByteArray())));
        assertThat(next("locationMessage")
                        .at("/locationMessageData/nameLocation")
                        .stringValue())
                .isEqualTo("There");
        assertThat(JSON.readTree(post(
                                "forwardMessages",
                                to + "\"chatIdFrom\":\"" + chat(kind, false) + "\",\"messages\":[\"" + theirs + "\"]}"))
                        .path("messages")
                        .size())
                .isOne();
        seen("[location] There");
        String wrong = world.says("Bob", chat(kind, true), "Wrong");
        world.does("Bob", Map.of("edit", "Right", "message", wrong));
        assertThat(next("editedMessage").at("/editedMessageData/textMessage").stringValue())
                .isEqualTo("Right");
        world.does("Bob", Map.of("delete", true, "message", wrong));
        assertThat(next("deletedMessage").at("/deletedMessageData/stanzaId").stringValue())
                .isEqualTo(wrong);
    }

    private void seen(String text) {
        await().untilAsserted(() -> assertThat(world.seen("Bob")).contains(text));
    }

    private static String id(String answer) {
        String id = JSON.readTree(answer).path("idMessage").asString("");
        assertThat(id).as(answer).startsWith("3EB0");
        return id;
    }

    /** The data of the next message of this kind; what came before it is passed over. */
    private JsonNode next(String type) {
        while (true) {
            JsonNode received =
                    JSON.readTree(gateway.get(TestGateway.path(anna, "receiveNotification") + "?receiveTimeout=20")
                            .body());
            assertThat(received.isObject()).as("a notification of " + type).isTrue();
            gateway.send("DELETE", TestGateway.path(anna, "deleteNotification") + "/" + received.path("receiptId"), "");
            JsonNode data = received.at("/body/messageData");
            if (data.path("typeMessage").asString("").equals(type)) {
                return data;
            }
        }
    }

    private String post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body).body();
    }
}
