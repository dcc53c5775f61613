package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionEvent.GroupMembersChanged;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeEncoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What goes wrong with one stanza, or one step, harms nothing else (design 4.1). */
final class ContainedFailuresIT extends StanzasScript {

    @Test
    void aStanzaThatCanNotBeReadIsRefusedAndTheConnectionLasts() {
        FakeConnection connection = server();
        connection.sendPlain(cut(notification("n1")));
        connection.sendPlain(new byte[] {0, 1, 2, 3});
        connection.send(addition("n2", 1, 2));

        Node nack = fixture.awaitStanza(ack("n1"));
        assertThat(nack.is("error", "487")).isTrue();
        assertThat(nack.jid("to")).hasValue(group);
        assertThat(fixture.awaitStanza(ack("n2")).has("error")).isFalse();
        assertThat(server()).isSameAs(connection);
        assertThat(fixture.session().account().status().online()).isTrue();
    }

    @Test
    void atTheHeadOfTheOfflineQueueItKeepsNothingElseAndComesToAnEnd() {
        fixture.server.welcome(fixture.server.success());
        FakeConnection first = server();
        first.cut();
        fixture.timers.advance(Duration.ofSeconds(2));
        until(() -> fixture.server.last() != first && fixture.server.last().payload() != null);
        FakeConnection second = server();
        until(() ->
                second.received().stream().anyMatch(node -> node.child("active").isPresent()));

        for (int times = 0; times < 2; times++) { // as a server does that did not hear of the first time
            second.sendPlain(cut(notification("bad").attribute("offline", "1")));
        }
        second.sendPlain(new byte[] {0, 99});
        second.send(addition("good", 1, 2).toBuilder().attribute("offline", "1").build());
        second.send(Node.element("ib")
                .child(Node.element("offline").attribute("count", 3))
                .build());

        fixture.awaitOnline();
        assertThat(fixture.awaitStanza(ack("good")).has("error")).isFalse();
        assertThat(second.received().stream().filter(ack("bad")).toList())
                .hasSize(2)
                .allMatch(nack -> nack.is("error", "487"));
        assertThat(server()).isSameAs(second);
        until(() -> fixture.sink.events.getLast() instanceof GroupMembersChanged);
    }

    @Test
    void stateIsLoadedAnewOnlyWhenTheUnitUnderWayHasBeenDecided() {
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        FakeConnection first = server();
        first.send(addition("n1", 1, 2));
        until(() -> fixture.sink.units.size() == units + 1);

        fixture.clock.failOnce();
        fixture.session().account().reconnect();
        until(() -> fixture.session()
                .account()
                .status()
                .lastDisconnect()
                .filter(lost -> lost.cause() == DisconnectCause.PROTOCOL)
                .isPresent());
        await().during(Duration.ofMillis(400)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            fixture.timers.advance(Duration.ofSeconds(1));
            assertThat(fixture.server.last())
                    .as("nothing is begun with half a state")
                    .isSameAs(first);
        });

        fixture.sink.letPass();
        commit.complete(null);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(500));
            return fixture.server.last() != first;
        });
        fixture.awaitOnline();
        assertThat(fixture.session().groups().cached(group).orElseThrow().participants())
                .as("what the store has is not older in memory")
                .hasSize(3);
        assertThat(fixture.store.load(SessionFixture.INSTANCE, StateKind.GROUP)).hasSize(1);
    }

    @Test
    void aStoreThatCanNotBeReadForAWhileIsNoFaultOfTheStanza() {
        fixture.restart();
        fixture.awaitOnline();
        fixture.store.unreadable(true);
        FakeConnection connection = server();
        connection.send(addition("n1", 1, 2));
        connection.send(receipt("r1"));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return fixture.store.refused() > 2;
        });
        assertThat(received(ack("n1"))).isFalse();

        fixture.store.unreadable(false);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return received(ack("r1"));
        });
        assertThat(fixture.awaitStanza(ack("n1")).has("error")).isFalse();
        assertThat(server()).isSameAs(connection);
        assertThat(fixture.session().groups().cached(group).orElseThrow().participants())
                .hasSize(3);
    }

    /** A stanza whose content lacks its last byte. */
    private static byte[] cut(Node.Builder head) {
        byte[] whole =
                NodeEncoder.encode(head.child(Node.text("add", "somebody")).build());
        return Arrays.copyOf(whole, whole.length - 1);
    }
}
