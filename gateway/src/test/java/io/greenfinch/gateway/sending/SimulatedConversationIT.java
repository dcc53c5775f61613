package io.greenfinch.gateway.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Anna's caller and Bob's phone write to each other, through the engine and a simulated WhatsApp. */
@Timeout(120)
class SimulatedConversationIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BOB = "15550001002@c.us";

    @TempDir
    private Path data;

    private SimulatedWorld world;
    private TestGateway gateway;
    private Gateway.NewInstance anna;

    @BeforeEach
    void start() {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        anna = gateway.link(world, "Anna");
        post(
                "setSettings",
                "{\"incomingWebhook\":\"yes\",\"outgoingWebhook\":\"yes\",\"outgoingMessageWebhook\":\"yes\"}");
    }

    @AfterEach
    void stop() {
        gateway.close();
        world.close();
    }

    @Test
    void bothReadWhatTheOtherHasWritten() {
        String id = send("Hi Bob", "");
        assertThat(statuses(id, 2)).containsExactly("sent", "delivered");
        assertThat(world.seen("Bob")).containsOnlyOnce("Hi Bob");
        world.reads("Bob", id);
        assertThat(statuses(id, 1)).containsExactly("read");

        String answer = world.answers("Bob", "Anna", "Hi Anna", id);
        JsonNode told = next("incomingMessageReceived");
        assertThat(told.path("idMessage").stringValue()).isEqualTo(answer);
        assertThat(told.at("/senderData/chatId").stringValue()).isEqualTo(BOB);
        assertThat(told.at("/senderData/senderName").stringValue()).isEqualTo("Bob");
        assertThat(told.at("/messageData/typeMessage").stringValue()).isEqualTo("quotedMessage");
        assertThat(told.at("/messageData/extendedTextMessageData/text").stringValue())
                .isEqualTo("Hi Anna");
        assertThat(told.at("/messageData/quotedMessage/stanzaId").stringValue()).isEqualTo(id);

        String reply = send("How are you?", answer);
        assertThat(statuses(reply, 2)).containsExactly("sent", "delivered");
        assertThat(world.seen("Bob")).containsOnlyOnce("How are you?");
        world.says("Anna", "Bob", "From my phone");
        assertThat(next("outgoingMessageReceived").toString()).contains("From my phone", BOB);
        JsonNode history = JSON.readTree(post("getChatHistory", "{\"chatId\":\"" + BOB + "\"}"));
        assertThat(history.valueStream())
                .extracting(item -> item.path("textMessage").stringValue())
                .containsExactlyInAnyOrder("From my phone", "How are you?", "Hi Anna", "Hi Bob");
    }

    /** What the phone tells its companion when it is linked comes under its number, what it writes to others under its LID. */
    @Test
    void theOwnersPhoneHasOneSessionUnderBothItsNames() {
        String written = world.says("Anna", "Bob", "From my phone");
        assertThat(next("outgoingMessageReceived").path("idMessage").stringValue())
                .isEqualTo(written);
        assertThat(world.receipts("retry", written)).isZero();
    }

    /** It comes before the session says that it is online, and bears the names that it would have had before. */
    @Test
    void whatWaitedForTheGatewaySaysWhoseAccountItIs() {
        gateway.close();
        world.says("Anna", "Bob", "While you were away");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
        JsonNode told = next("outgoingMessageReceived");
        assertThat(told.at("/instanceData/wid").stringValue()).isEqualTo("15550001001@c.us");
        assertThat(told.at("/senderData/sender").stringValue()).isEqualTo("15550001001@c.us");
    }

    @Test
    void inAGroupEverybodyReadsIt() {
        world.person("Carol", "15550001003");
        String group = world.group("Team", "Bob", "Anna,Carol", "");
        JsonNode sent = JSON.readTree(post("sendMessage", "{\"chatId\":\"" + group + "\",\"message\":\"Hi all\"}"));
        await().untilAsserted(() -> {
            assertThat(world.seen("Bob")).containsOnlyOnce("Hi all");
            assertThat(world.seen("Carol")).containsOnlyOnce("Hi all");
        });
        assertThat(statuses(sent.path("idMessage").stringValue(), 2)).containsExactly("sent", "delivered");
        world.says("Carol", group, "Hi Anna");
        JsonNode told = next("incomingMessageReceived");
        assertThat(told.at("/senderData/chatId").stringValue()).isEqualTo(group);
        assertThat(told.at("/senderData/sender").stringValue()).isEqualTo("15550001003@c.us");
    }

    /** None of those who ask is left out: what they asked with was acknowledged. */
    @Test
    void everybodyInAGroupMayAskForAMessageAgainAtOnce() {
        List<String> people =
                IntStream.range(0, 40).mapToObj(each -> "P" + each).toList();
        for (String person : people) {
            world.person(person, "155500020" + (10 + people.indexOf(person)));
        }
        String group = world.group("Many", "Bob", "Anna," + String.join(",", people), "");
        String to = "{\"chatId\":\"" + group + "\",\"message\":";
        post("sendMessage", to + "\"Hi all\"}");
        await().untilAsserted(() -> assertThat(people)
                .allSatisfy(person -> assertThat(world.seen(person)).contains("Hi all")));
        people.forEach(world::forgetsSessions);
        post("sendMessage", to + "\"Still there?\"}");
        await().untilAsserted(() -> assertThat(people)
                .allSatisfy(person -> assertThat(world.seen(person)).containsOnlyOnce("Still there?")));
    }

    /** Whoever was told the group's key by a message that WhatsApp refused has not got it. */
    @Test
    void aGroupReadsWhatComesAfterARefusedMessage() {
        String group = world.group("Team", "Bob", "Anna", "");
        world.act(group, "Bob", "announcement", "", ",\"on\":true");
        String to = "{\"chatId\":\"" + group + "\",\"message\":";
        JsonNode refused = JSON.readTree(post("sendMessage", to + "\"May I?\"}"));
        assertThat(statuses(refused.path("idMessage").stringValue(), 1)).containsExactly("failed");

        world.act(group, "Bob", "announcement", "", ",\"on\":false");
        String id = JSON.readTree(post("sendMessage", to + "\"Thanks\"}"))
                .path("idMessage")
                .stringValue();
        assertThat(statuses(id, 2)).containsExactly("sent", "delivered");
        assertThat(world.seen("Bob")).containsOnlyOnce("Thanks").doesNotContain("May I?");
        assertThat(world.receipts("retry", id)).isZero();
    }

    /** As {@code checkWhatsapp} names people. */
    @Test
    void whoIsNamedByLidIsTheSamePerson() {
        String asked = post("checkWhatsapp", "{\"chatId\":\"" + BOB + "\"}");
        String lid = JSON.readTree(asked).path("chatId").stringValue();
        assertThat(lid).endsWith("@lid");
        String id = JSON.readTree(post("sendMessage", "{\"chatId\":\"" + lid + "\",\"message\":\"Hi Bob\"}"))
                .path("idMessage")
                .stringValue();
        assertThat(statuses(id, 2)).containsExactly("sent", "delivered");
        String answer = world.answers("Bob", "Anna", "Hi Anna", id);
        await().untilAsserted(() -> assertThat(gateway.get(TestGateway.path(anna, "lastIncomingMessages"))
                        .body())
                .contains(answer));

        String history = post("getChatHistory", "{\"chatId\":\"" + BOB + "\"}");
        assertThat(history).contains("Hi Bob", "Hi Anna");
        assertThat(post("getChatHistory", "{\"chatId\":\"" + lid + "\"}")).isEqualTo(history);
        assertThat(post("getMessage", "{\"chatId\":\"" + lid + "\",\"idMessage\":\"" + answer + "\"}"))
                .contains("Hi Anna");
        assertThat(post("readChat", "{\"chatId\":\"" + lid + "\"}")).contains("true");
        await().until(() -> world.receipts("read", answer) == 1);
    }

    /** Callers may write a number as they are used to; the chat is one. */
    @Test
    void whoseNumberIsWrittenInTwoWaysHasOneChat() {
        world.person("Ana", "551187654321", "5511987654321");
        String typed = "5511987654321@c.us";
        String known = "551187654321@c.us";
        String id = JSON.readTree(post("sendMessage", "{\"chatId\":\"" + typed + "\",\"message\":\"Oi Ana\"}"))
                .path("idMessage")
                .stringValue();
        assertThat(statuses(id, 2)).containsExactly("sent", "delivered");
        String answer = world.answers("Ana", "Anna", "Oi Anna", id);
        JsonNode told = next("incomingMessageReceived");
        assertThat(told.at("/senderData/chatId").stringValue()).isEqualTo(known);
        assertThat(told.at("/messageData/quotedMessage/stanzaId").stringValue()).isEqualTo(id);

        String history = post("getChatHistory", "{\"chatId\":\"" + known + "\"}");
        assertThat(history).contains("Oi Ana", "Oi Anna");
        assertThat(post("getChatHistory", "{\"chatId\":\"" + typed + "\"}")).isEqualTo(history);
        assertThat(post("readChat", "{\"chatId\":\"" + typed + "\"}")).contains("true");
        await().until(() -> world.receipts("read", answer) == 1);

        world.forgetsSessions("Ana");
        post("sendMessage", "{\"chatId\":\"" + typed + "\",\"message\":\"Tudo bem?\"}");
        await().untilAsserted(() -> assertThat(world.seen("Ana")).contains("Tudo bem?"));
    }

    /** Whose devices there are, and what sessions are started from. */
    @ParameterizedTest
    @ValueSource(strings = {"usync", "encrypt"})
    void aPassingFaultOfWhatsAppKeepsNothingFromBeingSent(String asked) {
        long fault = world.fault(
                "{\"kind\":\"error\",\"code\":503,\"xmlns\":\"" + asked + "\",\"type\":\"get\",\"times\":1}");
        String id = send("Hi Bob", "");
        assertThat(statuses(id, 2)).containsExactly("sent", "delivered");
        assertThat(world.fired(fault)).isOne();
    }

    /** With their old keys they have lost the group's, too. */
    @Test
    void whoRegisteredAnewReadsWhatComesNext() {
        String group = world.group("Team", "Bob", "Anna", "");
        String to = "{\"chatId\":\"" + group + "\",\"message\":";
        post("sendMessage", to + "\"Hi\"}");
        await().untilAsserted(() -> assertThat(world.seen("Bob")).contains("Hi"));
        long before = world.acknowledged("encrypt");
        world.registersAnew("Bob");
        await().until(() -> world.acknowledged("encrypt") > before);

        String id = JSON.readTree(post("sendMessage", to + "\"A new phone?\"}"))
                .path("idMessage")
                .stringValue();
        await().untilAsserted(() -> assertThat(world.seen("Bob")).containsOnlyOnce("A new phone?"));
        assertThat(world.receipts("retry", id)).isZero();
    }

    @Test
    void whoIsNotOnWhatsAppOrOutOfTheGroupIsTold() {
        JsonNode stranger = JSON.readTree(post("sendMessage", "{\"chatId\":\"15559999999@c.us\",\"message\":\"Hi\"}"));
        assertThat(statuses(stranger.path("idMessage").stringValue(), 1)).containsExactly("noAccount");
        String group = world.group("Team", "Bob", "Anna", "");
        world.act(group, "Bob", "remove", "Anna");
        JsonNode late = JSON.readTree(post("sendMessage", "{\"chatId\":\"" + group + "\",\"message\":\"Hi\"}"));
        assertThat(statuses(late.path("idMessage").stringValue(), 1)).containsExactly("notInGroup");
    }

    private String send(String text, String quoted) {
        return JSON.readTree(post(
                        "sendMessage",
                        "{\"chatId\":\"" + BOB + "\",\"message\":\"" + text + "\",\"quotedMessageId\":\"" + quoted
                                + "\"}"))
                .path("idMessage")
                .stringValue();
    }

    /** The next so many statuses, which must be of this message. */
    private List<String> statuses(String id, int count) {
        List<String> statuses = new ArrayList<>();
        while (statuses.size() < count) {
            JsonNode status = next("outgoingMessageStatus");
            assertThat(status.path("idMessage").stringValue()).isEqualTo(id);
            statuses.add(status.path("status").stringValue());
        }
        return statuses;
    }

    /** The body of the next notification, which is taken, and must be of this kind. */
    private JsonNode next(String kind) {
        JsonNode received =
                JSON.readTree(gateway.get(TestGateway.path(anna, "receiveNotification") + "?receiveTimeout=20")
                        .body());
        assertThat(received.at("/body/typeWebhook").asString(""))
                .as("%s", received)
                .isEqualTo(kind);
        gateway.send("DELETE", TestGateway.path(anna, "deleteNotification") + "/" + received.path("receiptId"), "");
        return received.path("body");
    }

    private String post(String method, String body) {
        return gateway.post(TestGateway.path(anna, method), body).body();
    }
}
