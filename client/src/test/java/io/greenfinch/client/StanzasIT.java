package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes in: stored, then acknowledged; and what a companion says after login (specification §10, §15.4, §21). */
@Timeout(60)
final class StanzasIT {

    private static final Jid BOB = new Jid("900000000000002", 1, Jid.LIDS, 0);

    private SessionFixture fixture;
    private FakeGroups groups;
    private Jid group;

    @BeforeEach
    void begin() {
        fixture = new SessionFixture();
        groups = new FakeGroups(fixture.server);
        group = groups.add("member");
        fixture.linked();
        until(() -> fixture.session().cachedGroup(group).isPresent());
        until(() -> fixture.store.load(SessionFixture.INSTANCE, StateKind.GROUP).size() == 1);
    }

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void aGroupNotificationIsAcknowledgedOnlyWhenItIsStored() {
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        server().send(addition("n1", 1, 2));
        until(() -> fixture.sink.units.size() == units + 1);
        assertThat(received(ack("n1"))).isFalse();

        fixture.sink.letPass();
        commit.complete(null);
        Node ack = fixture.awaitStanza(ack("n1"));
        assertThat(ack.is("class", "notification")).isTrue();
        assertThat(ack.is("type", "w:gp2")).isTrue();
        assertThat(ack.jid("to")).hasValue(group);
        assertThat(ack.jid("participant")).hasValue(FakeGroups.BOB);
        until(() -> fixture.sink.events.getLast() instanceof SessionEvent.GroupMembersChanged);
    }

    @Test
    void whatCouldNotBeStoredComesAgainAndIsOneEvent() {
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        FakeConnection first = server();
        first.send(addition("n1", 1, 2));
        until(() -> fixture.sink.units.size() == units + 1);
        fixture.sink.letPass();
        commit.completeExceptionally(new IllegalStateException("disk full"));

        until(() -> fixture.server.last() != first);
        fixture.awaitOnline();
        assertThat(fixture.session().status().lastDisconnect())
                .map(Disconnect::cause)
                .hasValue(DisconnectCause.STORE);
        assertThat(received(ack("n1"))).isFalse();
        assertThat(fixture.session().cachedGroup(group).orElseThrow().participants())
                .as("the state of the store")
                .hasSize(2);

        server().send(addition("n1", 1, 2));
        server().send(addition("n1", 1, 2));
        until(() -> fixture.server.received().stream().filter(ack("n1")).count() == 2);
        assertThat(fixture.sink.events)
                .filteredOn(SessionEvent.GroupMembersChanged.class::isInstance)
                .hasSize(1);
        assertThat(fixture.session().cachedGroup(group).orElseThrow().participants())
                .hasSize(3);
    }

    @Test
    void answersAndPingsDoNotWaitForACommit() {
        CompletableFuture<Void> commit = fixture.sink.hold();
        server().send(addition("n1", 1, 2));
        server().send(Node.element("iq")
                .attribute("from", Jid.SERVER)
                .attribute("type", "get")
                .attribute("id", "srv1")
                .attribute("xmlns", "urn:xmpp:ping")
                .build());
        fixture.awaitStanza(node -> node.is("id", "srv1"));

        assertThat(fixture.session().leave(List.of(group), fixture.soon())).hasSize(1);
        assertThat(received(ack("n1"))).isFalse();
        commit.complete(null);
        fixture.awaitStanza(ack("n1"));
    }

    @Test
    void acknowledgementsKeepTheOrderOfTheStanzas() {
        CompletableFuture<Void> commit = fixture.sink.hold();
        server().send(addition("n1", 1, 2));
        for (int i = 2; i <= 200; i++) {
            server().send(i % 2 == 0 ? receipt("n" + i) : setting("n" + i, i % 4 == 1));
        }
        until(() -> fixture.session()
                        .cachedGroup(group)
                        .orElseThrow()
                        .participants()
                        .size()
                == 3);
        fixture.sink.letPass();
        commit.complete(null);

        until(() -> received(ack("n200")));
        assertThat(server().received())
                .filteredOn(node -> node.tag().equals("ack"))
                .extracting(node -> node.attribute("id").orElseThrow())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 200).mapToObj(i -> "n" + i).toList());
        assertThat(fixture.sink.units)
                .allSatisfy(unit -> assertThat(unit.size()).isLessThanOrEqualTo(64));
    }

    @Test
    void aMessageThatCanNotBeReadIsNotConfirmed() {
        server().send(Node.element("message")
                .attribute("from", BOB)
                .attribute("id", "3EB0AA")
                .attribute("type", "text")
                .attribute("t", 1795400000)
                .child(Node.element("enc").attribute("type", "pkmsg").bytes(new byte[] {1, 2, 3}))
                .build());

        Node ack = fixture.awaitStanza(ack("3EB0AA"));
        assertThat(ack.is("class", "message")).isTrue();
        assertThat(ack.is("error", "500")).isTrue();
        assertThat(ack.has("type")).isFalse();
        assertThat(received(node -> node.tag().equals("receipt"))).isFalse();
    }

    @Test
    void whatMeansNothingToUsIsAcknowledgedAllTheSame() {
        server().send(Node.element("notification")
                .attribute("from", Jid.SERVER)
                .attribute("type", "something_new")
                .attribute("id", "n1")
                .build());
        server().send(receipt("r1"));
        server().send(Node.element("call")
                .attribute("from", BOB)
                .attribute("id", "c1")
                .child(Node.element("offer").attribute("call-id", "1"))
                .build());
        server().send(Node.empty("surprise"));

        assertThat(fixture.awaitStanza(ack("n1")).is("type", "something_new")).isTrue();
        assertThat(fixture.awaitStanza(ack("r1")).is("class", "receipt")).isTrue();
        assertThat(fixture.awaitStanza(ack("c1")).is("class", "call")).isTrue();
        assertThat(fixture.session().status().online()).isTrue();
    }

    @Test
    void theOfflineQueueIsAskedForInPortions() {
        fixture.server.welcome(
                fixture.server.success(),
                Node.element("ib")
                        .child(Node.element("offline_preview").attribute("count", 150))
                        .build());
        fixture.session().reconnect();
        until(() -> fixture.server.connections().size() == 3);
        until(() -> portions() == 1);
        for (int i = 1; i <= 100; i++) {
            server().send(receipt("q" + i).toBuilder().attribute("offline", i).build());
        }
        until(() -> portions() == 2);
        assertThat(fixture.session().status().online()).isFalse();
        server().send(FakeServer.OFFLINE);
        fixture.awaitOnline();
        List<String> sent = server().received().stream()
                .filter(node -> node.tag().equals("ack") || node.tag().equals("ib"))
                .map(node ->
                        node.tag().equals("ib") ? "more" : node.attribute("id").orElseThrow())
                .toList();
        assertThat(sent.getFirst()).isEqualTo("more");
        assertThat(sent.subList(100, 102))
                .as("acknowledged before more is asked for")
                .containsExactly("q100", "more");
    }

    @Test
    void aServerThatDoesNotEndItsOfflineQueueDoesNotKeepUsWaiting() {
        fixture.server.welcome(fixture.server.success());
        fixture.session().reconnect();
        until(() -> fixture.server.connections().size() == 3
                && server().received().stream()
                        .anyMatch(node -> node.child("active").isPresent()));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(500));
            return fixture.session().status().online();
        });
    }

    @Test
    void dirtyGroupsAreFetchedAndCalledClean() {
        groups.drop(group);
        Jid other = Jid.group("120363000000000077");
        groups.put(other, "admin");
        server().send(Node.element("ib")
                .attribute("from", Jid.SERVER)
                .child(Node.element("dirty").attribute("type", "groups").attribute("timestamp", 1795400000))
                .build());

        until(() -> fixture.session().cachedGroup(other).isPresent());
        until(() -> fixture.session().cachedGroup(group).isEmpty());
        Node clean = fixture.awaitStanza(node -> node.is("xmlns", "urn:xmpp:whatsapp:dirty"))
                .child("clean")
                .orElseThrow();
        assertThat(clean.is("type", "groups")).isTrue();
        assertThat(clean.is("timestamp", "1795400000")).isTrue();
    }

    @Test
    void preKeysAreStoredBeforeTheyAreUploaded() {
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        server().send(Node.element("notification")
                .attribute("from", Jid.SERVER)
                .attribute("type", "encrypt")
                .attribute("id", "e1")
                .child(Node.element("count").attribute("value", 3))
                .build());
        until(() -> fixture.sink.units.size() == units + 1);
        assertThat(received(StanzasIT::isUpload)).isFalse();
        fixture.sink.letPass();
        commit.complete(null);

        Node upload = fixture.awaitStanza(StanzasIT::isUpload);
        assertThat(fixture.store.load(SessionFixture.INSTANCE, StateKind.PREKEY))
                .hasSize(50);
        assertThat(upload.child("list").orElseThrow().children("key"))
                .hasSize(50)
                .allSatisfy(key -> {
                    assertThat(key.child("id").orElseThrow().content()).hasSize(3);
                    assertThat(key.child("value").orElseThrow().content()).hasSize(32);
                });
        assertThat(upload.child("registration").orElseThrow().content()).hasSize(4);
        assertThat(upload.child("type").orElseThrow().content()).containsExactly(5);
        assertThat(upload.child("skey")
                        .orElseThrow()
                        .child("signature")
                        .orElseThrow()
                        .content())
                .hasSize(64);
        fixture.awaitStanza(ack("e1"));
    }

    @Test
    void aServerWithoutOurPreKeysGetsSomeAtLogin() {
        fixture.server.script(node -> node.child("count").isPresent()
                ? List.of(FakeConnection.result(node)
                        .child(Node.element("count").attribute("value", 0))
                        .build())
                : FakeServer.PASS);
        fixture.session().reconnect();
        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();

        assertThat(server().received()).extracting(StanzasIT::kind).startsWith("count", "registration", "active");
        assertThat(fixture.store.load(SessionFixture.INSTANCE, StateKind.PREKEY))
                .hasSize(50);
    }

    @Test
    void aNewOwnerOfTheInstanceEndsThisSession() {
        fixture.store.claim(SessionFixture.INSTANCE);
        server().send(addition("n1", 1, 2));

        until(() -> fixture.session().status().phase() == Phase.CLOSED);
        assertThat(received(ack("n1"))).isFalse();
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
    }

    private FakeConnection server() {
        return fixture.server.last();
    }

    private boolean received(Predicate<Node> kind) {
        return fixture.server.received().stream().anyMatch(kind);
    }

    private long portions() {
        return server().received().stream()
                .filter(node -> node.child("offline_batch").isPresent())
                .count();
    }

    private static String kind(Node request) {
        return request.children().isEmpty() ? "" : request.children().getFirst().tag();
    }

    private static Predicate<Node> ack(String id) {
        return node -> node.tag().equals("ack") && node.is("id", id);
    }

    private static boolean isUpload(Node node) {
        return node.is("xmlns", "encrypt") && node.child("list").isPresent();
    }

    private static Node receipt(String id) {
        return Node.element("receipt")
                .attribute("from", BOB)
                .attribute("id", id)
                .attribute("t", 1795400000)
                .build();
    }

    private Node setting(String id, boolean locked) {
        return notification(id)
                .child(Node.empty(locked ? "locked" : "unlocked"))
                .build();
    }

    private Node addition(String id, int previous, int version) {
        return notification(id)
                .child(Node.element("add")
                        .attribute("v_id", 1795400000000000L + version)
                        .attribute("prev_v_id", 1795400000000000L + previous)
                        .child(Node.element("participant").attribute("jid", Jid.lid("900000000000003"))))
                .build();
    }

    private Node.Builder notification(String id) {
        return Node.element("notification")
                .attribute("from", group)
                .attribute("type", "w:gp2")
                .attribute("id", id)
                .attribute("participant", FakeGroups.BOB)
                .attribute("t", 1795400000);
    }
}
