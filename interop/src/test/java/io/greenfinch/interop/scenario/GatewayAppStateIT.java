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
}
