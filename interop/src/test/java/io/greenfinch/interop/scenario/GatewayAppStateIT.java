package io.greenfinch.interop.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerEvent.State;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Gateway;
import io.greenfinch.interop.service.Gateway.Answer;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Sandbox;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * The state that devices of one account share, between our gateway, its phone, and Baileys and whatsmeow as further companions of the
 * same account (specification §23).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPeers
class GatewayAppStateIT {

    private Sandbox sandbox;
    private Person us;
    private String group;
    private final Map<PeerKind, Peer> companions = new EnumMap<>(PeerKind.class);

    @BeforeAll
    void link(@TempDir Path data) {
        sandbox = Sandbox.start(data.resolve("sandbox"));
        us = sandbox.simulator()
                .person(gateway().get("getWaSettings").json().get("phone").asString());
        for (PeerKind kind : PeerKind.values()) {
            Peer peer = Peer.start(kind, us.name(), sandbox.simulator());
            companions.put(kind, peer);
            peer.link(sandbox.simulator());
        }
        group = sandbox.groups().getFirst().id();
    }

    @AfterAll
    void stop() {
        companions.values().forEach(Peer::close);
        sandbox.close();
    }

    private Gateway gateway() {
        return sandbox.gateway();
    }

    private Peer companion(PeerKind kind) {
        return Objects.requireNonNull(companions.get(kind));
    }

    private String phone(String name) {
        return sandbox.people().stream()
                .filter(person -> person.name().equals(name))
                .map(Sandbox.Resident::phone)
                .findFirst()
                .orElseThrow();
    }

    private void post(String method, Map<String, ?> body) {
        Answer answer = gateway().post(method, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode told(String method, String id) {
        return gateway()
                .get(method)
                .json()
                .valueStream()
                .filter(each -> each.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** No MAC was wrong on the phone, and nobody's patch was lost. */
    private void allIsWellOnThePhone() {
        assertThat(sandbox.simulator().appState(us.phone()).valueStream())
                .noneMatch(collection -> collection.get("broken").asBoolean());
    }

    @ParameterizedTest
    @EnumSource
    void whatACompanionDoesIsToldHere(PeerKind kind) {
        Peer peer = companion(kind);
        String bob = phone("Bob");
        peer.setState("contact", bob + "@s.whatsapp.net", true, "Bob by " + kind, "");
        peer.setState("archive", group, true, "", "3EB0000000000000");
        await().atMost(20, SECONDS).untilAsserted(() -> {
            assertThat(told("getContacts", bob + "@c.us").get("contactName").asString())
                    .isEqualTo("Bob by " + kind);
            assertThat(told("getChats", group).get("archive").asBoolean()).isTrue();
        });
        peer.setState("archive", group, false, "", "3EB0000000000000");
        await().atMost(20, SECONDS)
                .until(() -> !told("getChats", group).get("archive").asBoolean());
        allIsWellOnThePhone();
    }

    @ParameterizedTest
    @EnumSource
    void whatWeDoIsSeenByACompanion(PeerKind kind) {
        Peer peer = companion(kind);
        String carol = phone("Carol");
        post("addContact", Map.of("chatId", carol + "@c.us", "firstName", "Carol", "lastName", kind.name()));
        State seen = peer.await(State.class, each -> each.text().equals("Carol " + kind.name()));
        assertThat(seen.what()).isEqualTo("contact");
        assertThat(seen.about()).isEqualTo(carol + "@s.whatsapp.net");
        post("deleteContact", Map.of("chatId", carol + "@c.us"));
        allIsWellOnThePhone();
    }

    /** All write to the same collection at once: each finds that others were faster, and nothing gets lost. */
    @Test
    void whatIsWrittenAtOnceIsThereInTheEnd() {
        String dave = phone("Dave");
        List<CompletableFuture<Void>> writers = List.of(
                CompletableFuture.runAsync(
                        () -> post("addContact", Map.of("chatId", dave + "@c.us", "firstName", "Dave"))),
                CompletableFuture.runAsync(() -> companion(PeerKind.BAILEYS)
                        .setState("contact", "15550009001@s.whatsapp.net", true, "Of Baileys", "")),
                CompletableFuture.runAsync(() -> companion(PeerKind.WHATSMEOW)
                        .setState("contact", "15550009002@s.whatsapp.net", true, "Of whatsmeow", "")));
        writers.forEach(CompletableFuture::join);
        await().atMost(20, SECONDS).untilAsserted(() -> {
            assertThat(told("getContacts", "15550009001@c.us")
                            .get("contactName")
                            .asString())
                    .isEqualTo("Of Baileys");
            assertThat(told("getContacts", "15550009002@c.us")
                            .get("contactName")
                            .asString())
                    .isEqualTo("Of whatsmeow");
            assertThat(told("getContacts", dave + "@c.us").get("contactName").asString())
                    .isEqualTo("Dave");
        });
        allIsWellOnThePhone();
    }

    @ParameterizedTest
    @EnumSource
    void whomACompanionBlocksIsToldHere(PeerKind kind) {
        Person bob = sandbox.simulator().person(phone("Bob"));
        post("setSettings", Map.of("incomingBlockWebhook", "yes"));
        // Of who is known by LID alone nobody tells the number.
        post("checkWhatsapp", Map.of("chatId", bob.phone() + "@c.us", "force", true));
        companion(kind).block(bob, true);
        await().atMost(20, SECONDS).untilAsserted(() -> assertThat(blocked()).containsExactly(bob.phone() + "@c.us"));
        assertThat(nextBlock().get("chatState").asString()).isEqualTo("blocked");

        companion(kind).block(bob, false);
        await().atMost(20, SECONDS).untilAsserted(() -> assertThat(blocked()).isEmpty());
        assertThat(nextBlock().get("chatState").asString()).isEqualTo("unblocked");
    }

    private JsonNode nextBlock() {
        while (true) {
            JsonNode told = gateway().receiveNotification(20).json();
            assertThat(told.isObject()).as("a notification").isTrue();
            gateway().deleteNotification(told.get("receiptId").asLong());
            JsonNode body = told.get("body");
            if (body.get("typeWebhook").asString().equals("incomingBlock")) {
                return body;
            }
        }
    }

    private List<String> blocked() {
        return gateway()
                .get("getBlockedContacts")
                .json()
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whomWeBlockIsSeenByACompanion(PeerKind kind) {
        Person carol = sandbox.simulator().person(phone("Carol"));
        post("blockContact", Map.of("chatId", carol.phone() + "@c.us"));
        assertThat(companion(kind).blocked()).contains(carol.lid());
        post("unblockContact", Map.of("chatId", carol.phone() + "@c.us"));
        assertThat(companion(kind).blocked()).doesNotContain(carol.lid());
    }

    /** The simulator answers as other clients understand it, and we understand the same. */
    @ParameterizedTest
    @EnumSource
    void aBusinessIsReadAlike(PeerKind kind) {
        Person carol = sandbox.simulator().person(phone("Carol"));
        sandbox.simulator()
                .business(
                        carol,
                        Map.of(
                                "category",
                                "Bakery",
                                "email",
                                "bread@example.com",
                                "products",
                                List.of(Map.of("id", "1", "name", "Roll", "price", "500", "currency", "EUR"))));
        JsonNode theirs = companion(kind).business(carol);
        JsonNode ours = gateway()
                .post("getContactInfo", Map.of("chatId", carol.phone() + "@c.us"))
                .json();
        for (String field : List.of("category", "email")) {
            assertThat(theirs.get(field)).as(field).isEqualTo(ours.get(field));
        }
        if (kind == PeerKind.BAILEYS) {
            JsonNode roll = theirs.get("products").get(0);
            assertThat(roll.get("name").asString()).isEqualTo("Roll");
            assertThat(roll.get("price").asInt()).isEqualTo(500);
            assertThat(ours.get("products").get(0).get("price").asString()).isEqualTo("500");
        }
    }
}
