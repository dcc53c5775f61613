package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionEvent.MessageReceived;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.proto.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Messages that can't be read: asked for again, and told as they are in the end (specification §15.3). */
final class UnreadableMessagesIT extends StanzasScript {

    private void send(String id) {
        server().send(message(id).build());
    }

    private static Node.Builder message(String id) {
        return Node.element("message")
                .attribute("from", BOB)
                .attribute("sender_pn", Jid.pn("15550001002"))
                .attribute("id", id)
                .attribute("type", "text")
                .attribute("t", 1795400000)
                .attribute("notify", "Bob")
                .child(Node.element("enc")
                        .attribute("v", "2")
                        .attribute("type", "pkmsg")
                        .bytes(new byte[] {1, 2, 3}));
    }

    private List<Node> retries(String id) {
        return fixture.server.received().stream()
                .filter(node -> node.tag().equals("receipt") && node.is("type", "retry") && node.is("id", id))
                .toList();
    }

    private List<ChatMessage> told() {
        return fixture.sink.events.stream()
                .filter(MessageReceived.class::isInstance)
                .map(event -> ((MessageReceived) event).message())
                .toList();
    }

    @Test
    void isAskedForFiveTimesAndThenToldWithoutContent() {
        for (int i = 1; i <= 5; i++) {
            int times = i;
            send("M1");
            until(() -> retries("M1").size() == times);
        }
        assertThat(retries("M1"))
                .extracting(node ->
                        node.child("retry").orElseThrow().number("count").orElseThrow())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(retries("M1").getFirst().child("keys"))
                .as("the session may be well")
                .isEmpty();
        assertThat(retries("M1").get(1).child("keys")).as("it is not").isPresent();
        assertThat(told()).isEmpty();

        send("M1");
        until(() -> told().size() == 1);
        ChatMessage message = told().getFirst();
        assertThat(message.id()).isEqualTo("M1");
        assertThat(message.content()).isEmpty();
        assertThat(message.chat()).isEqualTo(Jid.pn("15550001002"));
        assertThat(message.sender().is(BOB)).isTrue();
        assertThat(message.pushName()).hasValue("Bob");
        assertThat(message.at()).isEqualTo(Instant.ofEpochSecond(1795400000));
        assertThat(fixture.store.keys(SessionFixture.INSTANCE, StateKind.UNREADABLE))
                .isEmpty();
    }

    @Test
    void isToldAfterTenMinutesWhenItDoesNotComeAgain() {
        send("M2");
        fixture.awaitStanza(ack("M2"));
        assertThat(fixture.store.keys(SessionFixture.INSTANCE, StateKind.UNREADABLE))
                .hasSize(1);

        fixture.timers.advance(Duration.ofMinutes(11));

        until(() -> told().size() == 1);
        assertThat(told().getFirst().id()).isEqualTo("M2");
        assertThat(told().getFirst().content()).isEmpty();
    }

    @Test
    void oneThatIsReadAfterAllIsToldOnceThoughThatCouldNotBeStoredAtFirst() {
        FakeDevice bob = new FakeDevice(BOB).start(fixture);
        send("M4");
        until(() -> retries("M4").size() == 1);
        Node again = Node.element("message")
                .attribute("from", BOB)
                .attribute("id", "M4")
                .attribute("type", "text")
                .attribute("t", 1795400000)
                .child(bob.enc(Message.newBuilder().setConversation("hello").build()))
                .build();
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        server().send(again);
        until(() -> fixture.sink.units.size() > units);
        fixture.server.welcome(fixture.server.success(), again, FakeServer.OFFLINE);
        fixture.sink.letPass();
        commit.completeExceptionally(new IllegalStateException("disk full"));
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(200));
            return told().size() == 1;
        });
        fixture.awaitOnline();

        for (int i = 0; i < 11; i++) {
            fixture.timers.advance(Duration.ofMinutes(1));
        }
        await().during(Duration.ofMillis(300)).until(() -> told().size() == 1);
        assertThat(told().getFirst().content()).isPresent();
        assertThat(fixture.store.keys(SessionFixture.INSTANCE, StateKind.UNREADABLE))
                .isEmpty();
    }

    @Test
    void isToldAfterARestartAsWell() {
        send("M3");
        fixture.awaitStanza(ack("M3"));

        fixture.restart();
        fixture.awaitOnline();
        until(() -> {
            fixture.timers.advance(Duration.ofMinutes(1));
            return told().size() == 1;
        });
        assertThat(told().getFirst().id()).isEqualTo("M3");
    }

    @Test
    void whatWouldNotBeShownIsNotToldEither() {
        server().send(message("P1").attribute("category", "peer").build());
        server().send(Node.element("message")
                .attribute("from", BOB)
                .attribute("id", "R1")
                .attribute("type", "reaction")
                .attribute("t", 1795400000)
                .child(Node.element("enc")
                        .attribute("v", "2")
                        .attribute("type", "msg")
                        .attribute("decrypt-fail", "hide")
                        .bytes(new byte[] {1, 2, 3}))
                .build());
        send("M2");
        for (String id : List.of("P1", "R1", "M2")) {
            until(() -> retries(id).size() == 1);
        }
        fixture.timers.advance(Duration.ofMinutes(11));

        until(() -> fixture.store
                .keys(SessionFixture.INSTANCE, StateKind.UNREADABLE)
                .isEmpty());
        assertThat(told()).extracting(ChatMessage::id).containsExactly("M2");
    }

    @Test
    void withVeryManyUnderWayFurtherOnesAreToldAtOnceAndAskedForAllTheSame() {
        for (int i = 0; i < 257; i++) {
            send("X" + i);
        }
        until(() -> told().size() == 1);
        assertThat(told().getFirst().id()).isEqualTo("X256");
        until(() -> retries("X256").size() == 1);
        assertThat(fixture.store.keys(SessionFixture.INSTANCE, StateKind.UNREADABLE))
                .hasSize(256);
    }

    @Test
    void thoseFromBeforeARestartCountAmongThem() {
        for (int i = 0; i < 256; i++) {
            send("X" + i);
        }
        until(() -> retries("X255").size() == 1);
        fixture.restart();
        fixture.awaitOnline();
        until(() -> {
            send("Y");
            return told().stream().anyMatch(message -> message.id().equals("Y"));
        });
    }

    @Test
    void isConfirmedOnlyOnceItIsRemembered() {
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        send("M4");
        until(() -> fixture.sink.units.size() > units);
        assertThat(received(ack("M4"))).isFalse();
        assertThat(retries("M4")).isEmpty();

        fixture.sink.letPass();
        commit.complete(null);
        fixture.awaitStanza(ack("M4"));
        until(() -> retries("M4").size() == 1);
    }

    @Test
    void whatCompanionsAreNotGivenIsToldAsItIs() {
        Node.Builder once = Node.element("message")
                .attribute("from", BOB)
                .attribute("id", "V1")
                .attribute("type", "text")
                .attribute("t", 1795400000)
                .child(Node.element("unavailable").attribute("type", "view_once"));
        server().send(once.build());

        until(() -> told().size() == 1);
        assertThat(told().getFirst().content()).isEmpty();
        assertThat(retries("V1")).isEmpty();
    }

    @Test
    void whatDoesNotSayWhoseItIsIsRefused() {
        server().send(Node.element("message")
                .attribute("id", "M5")
                .attribute("type", "text")
                .attribute("from", group)
                .build());

        assertThat(fixture.awaitStanza(ack("M5")).is("error", "487")).isTrue();
    }

    @Test
    void idsThatCouldNotBeStoredHarmNobody() {
        String id = "M".repeat(300);
        send(id);

        assertThat(fixture.awaitStanza(ack(id)).is("error", "487")).isTrue();
        send("M6");
        fixture.awaitStanza(ack("M6"));
        assertThat(fixture.session().account().status().online()).isTrue();
    }
}
