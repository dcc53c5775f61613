package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a companion says after login, and how it takes in what waited for it (specification §10, §12, §21). */
final class StartupIT extends StanzasScript {

    @Test
    void theOfflineQueueIsAskedForInPortions() {
        fixture.server.welcome(
                fixture.server.success(),
                Node.element("ib")
                        .child(Node.element("offline_preview").attribute("count", 150))
                        .build());
        fixture.session().account().reconnect();
        until(() -> fixture.server.connections().size() == 3);
        until(() -> portions() == 1);
        for (int i = 1; i <= 100; i++) {
            server().send(receipt("q" + i).toBuilder().attribute("offline", i).build());
        }
        until(() -> portions() == 2);
        assertThat(fixture.session().account().status().online()).isFalse();
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
        fixture.session().account().reconnect();
        until(() -> fixture.server.connections().size() == 3
                && server().received().stream()
                        .anyMatch(node -> node.child("active").isPresent()));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(500));
            return fixture.session().account().status().online();
        });
    }

    /** What is sent before is told by devices and memberships that are not true any more. */
    @Test
    void nothingIsSentWhileTheOfflineQueueStillComes() {
        fixture.server.welcome(fixture.server.success());
        fixture.session().account().reconnect();
        until(() -> fixture.server.connections().size() == 3
                && server().received().stream()
                        .anyMatch(node -> node.child("active").isPresent()));
        for (int i = 1; i <= 20; i++) {
            server().send(receipt("q" + i).toBuilder().attribute("offline", i).build());
            fixture.awaitStanza(ack("q" + i));
            fixture.timers.advance(Duration.ofMillis(500));
            assertThat(fixture.session().account().status().online()).isFalse();
        }
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(500));
            return fixture.session().account().status().online();
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

        until(() -> fixture.session().groups().cached(other).isPresent());
        until(() -> fixture.session().groups().cached(group).isEmpty());
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
        assertThat(received(StartupIT::isUpload)).isFalse();
        fixture.sink.letPass();
        commit.complete(null);

        Node upload = fixture.awaitStanza(StartupIT::isUpload);
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
        fixture.session().account().reconnect();
        until(() -> fixture.server.connections().size() == 3);
        fixture.awaitOnline();

        assertThat(server().received()).extracting(StanzasIT::kind).startsWith("count", "registration", "active");
        assertThat(fixture.store.load(SessionFixture.INSTANCE, StateKind.PREKEY))
                .hasSize(50);
    }

    private long portions() {
        return server().received().stream()
                .filter(node -> node.child("offline_batch").isPresent())
                .count();
    }

    private static boolean isUpload(Node node) {
        return node.is("xmlns", "encrypt") && node.child("list").isPresent();
    }
}
