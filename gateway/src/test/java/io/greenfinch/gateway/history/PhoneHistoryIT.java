package io.greenfinch.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionEvent.HistoryProgressed;
import io.greenfinch.client.SessionEvent.HistoryRead;
import io.greenfinch.client.SessionEvent.MessageReceived;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.history.PastMessage;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the phone had before it was linked, in the journals (green-api.md §7, §11.5). */
@Timeout(90)
class PhoneHistoryIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BOB = "15550001002@c.us";

    @TempDir
    private static Path data;

    private static SimulatedWorld world;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        world = new SimulatedWorld();
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        gateway = TestGateway.start(data, world, Duration.ofSeconds(20));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        world.close();
    }

    private static Gateway.NewInstance linked(String person) {
        Gateway.NewInstance instance = gateway.gateway().createInstance(person);
        notifying(gateway, instance);
        gateway.linkAgain(world, instance, person);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(progress(instance)).isEqualTo(100));
        return instance;
    }

    private static void notifying(TestGateway gateway, Gateway.NewInstance instance) {
        gateway.post(
                TestGateway.path(instance, "setSettings"),
                "{\"incomingWebhook\":\"yes\",\"outgoingMessageWebhook\":\"yes\","
                        + "\"outgoingAPIMessageWebhook\":\"yes\",\"outgoingWebhook\":\"yes\"}");
    }

    private static int progress(Gateway.NewInstance instance) {
        return get(instance, "getWaSettings").path("historySyncProgress").intValue();
    }

    private static JsonNode get(Gateway.NewInstance instance, String method) {
        return JSON.readTree(gateway.get(TestGateway.path(instance, method)).body());
    }

    private static List<JsonNode> chat(Gateway.NewInstance instance, String chat, int count) {
        return JSON.readTree(gateway.post(
                                TestGateway.path(instance, "getChatHistory"),
                                "{\"chatId\":\"" + chat + "\",\"count\":" + count + "}")
                        .body())
                .valueStream()
                .toList();
    }

    private static List<String> texts(Gateway.NewInstance instance, String chat) {
        return chat(instance, chat, 100).stream()
                .map(item -> item.path("textMessage").stringValue(""))
                .toList();
    }

    private static int notifications(Gateway.NewInstance instance) {
        return get(instance, "getWebhooksCount").path("count").intValue();
    }

    @Test
    void whatWasWrittenBeforeIsInTheJournalsAndToldToNobody() {
        String team = world.group("Team", "Bob", "Anna", "");
        String before = world.says("Bob", "Anna", "before");
        String wrong = world.says("Anna", "Bob", "wrogn");
        world.does("Anna", Map.of("message", wrong, "edit", "wrong no more"));
        String taken = world.says("Bob", "Anna", "taken back");
        world.does("Bob", Map.of("message", taken, "delete", true));
        world.says("Bob", team, "to all");

        Gateway.NewInstance anna = linked("Anna");

        assertThat(texts(anna, BOB)).containsExactly("wrong no more", "before");
        JsonNode incoming = chat(anna, BOB, 2).get(1);
        assertThat(incoming.path("type").stringValue()).isEqualTo("incoming");
        assertThat(incoming.path("idMessage").stringValue()).isEqualTo(before);
        assertThat(incoming.path("senderId").stringValue()).isEqualTo(BOB);
        assertThat(incoming.path("senderName").stringValue()).isEqualTo("Bob");
        JsonNode outgoing = chat(anna, BOB, 2).getFirst();
        assertThat(outgoing.path("type").stringValue()).isEqualTo("outgoing");
        assertThat(outgoing.path("statusMessage").stringValue()).isEqualTo("sent");
        assertThat(outgoing.path("sendByApi").booleanValue()).isFalse();
        assertThat(texts(anna, team)).containsExactly("to all");
        assertThat(get(anna, "lastIncomingMessages")).hasSize(2);
        assertThat(get(anna, "getChats"))
                .extracting(chat -> chat.path("name").stringValue())
                .containsExactlyInAnyOrder("Bob", "Team");
        assertThat(notifications(anna)).isZero();

        String live = world.says("Bob", "Anna", "live");
        await().untilAsserted(() -> assertThat(texts(anna, BOB)).containsExactly("live", "wrong no more", "before"));
        assertThat(notifications(anna)).isEqualTo(1);
        assertThat(chat(anna, BOB, 1).getFirst().path("idMessage").stringValue())
                .isEqualTo(live);

        gateway.get(TestGateway.path(anna, "logout"));
        assertThat(chat(anna, BOB, 10)).isEmpty();
        assertThat(get(anna, "getChats")).isEmpty();
    }

    @Test
    void longHistoriesComeInPartsAsFarBackAsJournalsGo() {
        world.person("Carol", "15550001003");
        // Of sixty days, of which thirty are kept; in files, for parts of 4,000 messages are too long for messages.
        world.history("Carol", Map.of("chats", 20, "messages", 400, "chunk", 4000, "days", 60, "seed", 7));

        Gateway.NewInstance carol = linked("Carol");

        assertThat(world.expireFiles()).isEqualTo(2);
        List<JsonNode> chats = get(carol, "getChats").valueStream().toList();
        assertThat(chats).extracting(chat -> chat.path("name").stringValue()).hasSize(20);
        assertThat(chats.getFirst().path("name").stringValue()).isEqualTo("Contact 0");
        assertThat(chats.getLast().path("id").stringValue()).isEqualTo("15560000019@c.us");
        List<JsonNode> first = chat(carol, "15560000000@c.us", 1000);
        assertThat(first).hasSizeBetween(198, 201);
        for (int i = 0; i < first.size(); i++) {
            assertThat(first.get(i).path("idMessage").stringValue()).isEqualTo("3EB0%08X%08X".formatted(7, i));
        }
        assertThat(first.get(2).path("statusMessage").stringValue()).isEqualTo("read");
    }

    @Test
    void whatComesInWinsWhetherItIsToldBeforeOrAfter() {
        try (TestGateway scripted = TestGateway.start(data.resolve("scripted"))) {
            Gateway.NewInstance instance = scripted.gateway().createInstance("scripted");
            notifying(scripted, instance);
            ChatMessage one = message("ONE", "live one");
            ChatMessage two = message("TWO", "live two");
            scripted.happens(instance, new HistoryProgressed(one.at(), 40));
            scripted.happens(instance, new MessageReceived(one.at(), one));
            scripted.happens(instance, past(message("ONE", "told one"), message("TWO", "told two")));
            scripted.happens(instance, new MessageReceived(two.at(), two));
            scripted.happens(instance, past(message("TWO", "told two"), message("THREE", "told three")));

            JsonNode told = JSON.readTree(
                    scripted.post(TestGateway.path(instance, "getChatHistory"), "{\"chatId\":\"" + BOB + "\"}")
                            .body());
            assertThat(told)
                    .extracting(item -> item.path("textMessage").stringValue())
                    .containsExactlyInAnyOrder("live one", "live two", "told three");
            assertThat(scripted.get(TestGateway.path(instance, "getWebhooksCount"))
                            .body())
                    .isEqualTo("{\"count\":2}");
        }
    }

    private static HistoryRead past(ChatMessage... messages) {
        return new HistoryRead(
                messages[0].at(),
                List.of(messages).stream()
                        .map(message -> new PastMessage(message, Optional.empty(), PastMessage.Fate.SENT))
                        .toList(),
                List.of());
    }

    private static ChatMessage message(String id, String text) {
        Jid bob = Jid.pn("15550001002");
        return new ChatMessage(
                id,
                bob,
                Optional.empty(),
                new Person(Optional.of(bob), Optional.empty()),
                false,
                false,
                Instant.now().minusSeconds(60),
                Optional.of("Bob"),
                false,
                MessageEnvelope.ofPlain(
                        Message.newBuilder().setConversation(text).build().toByteArray()));
    }
}
