package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Disconnect;
import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes in: stored, then acknowledged (specification §15.4). */
final class StanzasIT extends StanzasScript {

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
        assertThat(fixture.session().account().status().lastDisconnect())
                .map(Disconnect::cause)
                .hasValue(DisconnectCause.STORE);
        assertThat(received(ack("n1"))).isFalse();
        assertThat(fixture.session().groups().cached(group).orElseThrow().participants())
                .as("the state of the store")
                .hasSize(2);

        server().send(addition("n1", 1, 2));
        server().send(addition("n1", 1, 2));
        until(() -> fixture.server.received().stream().filter(ack("n1")).count() == 2);
        assertThat(fixture.sink.events)
                .filteredOn(SessionEvent.GroupMembersChanged.class::isInstance)
                .hasSize(1);
        assertThat(fixture.session().groups().cached(group).orElseThrow().participants())
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

        assertThat(fixture.session().groups().leave(List.of(group), fixture.soon()))
                .hasSize(1);
        assertThat(received(ack("n1"))).isFalse();
        commit.complete(null);
        fixture.awaitStanza(ack("n1"));
    }

    @Test
    void acknowledgementsKeepTheOrderOfTheStanzas() {
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        server().send(addition("n1", 1, 2));
        for (int i = 2; i <= 200; i++) {
            server().send(i % 2 == 0 ? receipt("n" + i) : setting("n" + i, i % 4 == 1));
        }
        until(() -> fixture.sink.units.size() > units);
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
    void aMessageThatCanNotBeReadIsAskedForAgainAndNotConfirmed() {
        server().send(Node.element("message")
                .attribute("from", BOB)
                .attribute("id", "3EB0AA")
                .attribute("type", "text")
                .attribute("t", 1795400000)
                .child(Node.element("enc").attribute("type", "pkmsg").bytes(new byte[] {1, 2, 3}))
                .build());

        Node ack = fixture.awaitStanza(ack("3EB0AA"));
        assertThat(ack.is("class", "message")).isTrue();
        assertThat(ack.has("error"))
                .as("it is kept in mind, so the server need not")
                .isFalse();
        assertThat(ack.has("type")).isFalse();
        Node receipt = fixture.awaitStanza(node -> node.tag().equals("receipt"));
        assertThat(receipt.is("type", "retry")).isTrue();
        assertThat(receipt.child("retry").orElseThrow().is("count", "1")).isTrue();
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
                .child(Node.element("transport").attribute("call-id", "1"))
                .build());
        server().send(Node.empty("surprise"));

        assertThat(fixture.awaitStanza(ack("n1")).is("type", "something_new")).isTrue();
        assertThat(fixture.awaitStanza(ack("r1")).is("class", "receipt")).isTrue();
        assertThat(fixture.awaitStanza(ack("c1")).is("class", "call")).isTrue();
        assertThat(fixture.session().account().status().online()).isTrue();
    }

    @Test
    void anotherPictureIsAnEventAndAcknowledged() {
        server().send(Node.element("notification")
                .attribute("from", group)
                .attribute("type", "picture")
                .attribute("id", "n1")
                .attribute("t", 1795400000)
                .child(Node.element("set")
                        .attribute("jid", group)
                        .attribute("id", "17954")
                        .attribute("author", FakeGroups.BOB))
                .build());

        assertThat(fixture.awaitStanza(ack("n1")).is("type", "picture")).isTrue();
        assertThat(fixture.sink.events)
                .last()
                .isEqualTo(new SessionEvent.PictureChanged(
                        Instant.ofEpochSecond(1795400000),
                        group,
                        Person.of(Optional.of(FakeGroups.BOB), Optional.empty()),
                        Optional.of("17954")));
    }

    @Test
    void nonsenseDoesNotEndTheSession() {
        HostileStanzas stanzas = new HostileStanzas(7);
        FakeConnection connection = server();
        for (int i = 0; i < 2000; i++) {
            connection.send(
                    switch (i % 4) {
                        case 0 -> stanzas.any();
                        case 1 -> stanzas.groupNotification();
                        case 2 -> stanzas.messageOrReceipt();
                        default -> stanzas.pictureNotification();
                    });
        }
        connection.send(receipt("last"));

        fixture.awaitStanza(ack("last"));
        assertThat(server()).isSameAs(connection);
        assertThat(fixture.session().account().status().online()).isTrue();
    }

    @Test
    void aNewOwnerOfTheInstanceEndsThisSession() {
        fixture.store.claim(SessionFixture.INSTANCE);
        server().send(addition("n1", 1, 2));

        until(() -> fixture.session().account().status().phase() == Phase.CLOSED);
        assertThat(received(ack("n1"))).isFalse();
        assertThat(fixture.store.find(SessionFixture.INSTANCE, StateKind.CREDENTIALS, "self"))
                .isPresent();
    }
}
