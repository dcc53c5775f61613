package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.pairing.DeviceListHash;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Messages between two people, who have phones and companions (specification §14.1, §14.2, §14.4). */
class DirectMessagesIT {

    private final MessageStage stage = new MessageStage();
    private final TestAdmin admin = stage.admin;
    private final TestCompanion anna = stage.anna;
    private final TestSocket socket = stage.socket;
    private final TestSignal signal = stage.signal;
    private final Jid bob = stage.bob;
    private final Jid bobLid = stage.bobLid;

    @AfterEach
    void stop() {
        stage.simulator.close();
    }

    @Test
    void bringsATextToTheOtherPhoneAndToOnesOwn() {
        Node ack = stage.send(stage.greeting("M1", bob));
        assertThat(ack.has("error") || ack.has("phash")).isFalse();
        assertThat(ack.jid("from")).contains(bob);
        assertThat(ack.number("t")).isPresent();
        JsonNode seen = stage.lastSeen("Bob");
        assertThat(seen.path("text").asString()).isEqualTo("hello");
        assertThat(seen.path("from").asString()).isEqualTo("Anna");
        assertThat(seen.path("id").asString()).isEqualTo("M1");
        assertThat(seen.has("group")).isFalse();
        assertThat(stage.lastSeen("Anna").path("from").asString()).isEqualTo("Anna");
        Node delivered = socket.await(node -> node.tag().equals("receipt") && !node.has("type"));
        assertThat(delivered.is("id", "M1")).isTrue();
        assertThat(delivered.jid("from")).contains(bob);
        assertThat(socket.await(node -> node.is("type", "sender")).jid("from"))
                .contains(anna.pn().account());
    }

    @Test
    void bringsATextOfAPhoneToACompanion() {
        String id = admin.done("/admin/people/Bob/messages", "{\"to\":\"Anna\",\"text\":\"hello\"}")
                .path("id")
                .asString();
        Node message = socket.await(node -> node.tag().equals("message"));
        socket.acknowledge(socket.await(node -> node.is("type", "server_sync"))); // her phone has told her name
        assertThat(message.is("id", id)).isTrue();
        assertThat(message.jid("from")).contains(bobLid);
        assertThat(message.jid("sender_pn")).contains(bob);
        assertThat(message.is("notify", "Bob") && message.number("t").isPresent())
                .isTrue();
        assertThat(signal.read(message).content().getConversation()).isEqualTo("hello");
        assertThat(stage.lastSeen("Anna").path("text").asString()).isEqualTo("hello");
        socket.send(Node.element("receipt")
                .attribute("id", id)
                .attribute("to", bobLid)
                .build());
        socket.await(node -> node.tag().equals("ack") && node.is("class", "receipt") && node.is("id", id));
        assertThat(admin.get("/admin/people/Anna")
                        .json()
                        .at("/devices/0/unacknowledged")
                        .asInt())
                .isZero();
    }

    @Test
    void deliversToEachDeviceWhatIsEncryptedForIt() {
        TestCompanion second = new TestCompanion(stage.simulator).pair(admin, "Anna");
        TestSocket secondSocket = second.logIn();
        TestCompanion bobs = new TestCompanion(stage.simulator).pair(admin, "Bob");
        TestSocket bobSocket = bobs.logIn();
        TestSignal bobSignal = new TestSignal(bobs, bobSocket).upload(5);
        TestSignal secondSignal = new TestSignal(second, secondSocket).upload(5);
        Node ack = stage.send(stage.message(
                        "M1",
                        bobLid,
                        signal.to(bobLid, MessageStage.HELLO),
                        signal.to(bobs.lid(), MessageStage.HELLO),
                        signal.to(anna.lid().account(), stage.copy(bobLid)),
                        signal.to(second.lid(), stage.copy(bobLid)))
                .child(Node.text("meta", "kept"))
                .build());
        assertThat(ack.has("phash") || ack.has("error")).as(ack.toString()).isFalse();
        Node atBob = bobSocket.await(MessageStage::message);
        assertThat(atBob.jid("from")).contains(anna.lid());
        assertThat(atBob.jid("sender_pn")).contains(anna.pn().account());
        assertThat(atBob.is("notify", "Anna") && atBob.is("type", "text") && atBob.has("t"))
                .isTrue();
        assertThat(atBob.children("enc")).hasSize(1);
        assertThat(atBob.child("device-identity")).isPresent();
        assertThat(atBob.child("participants")).isEmpty();
        assertThat(atBob.child("meta")).isPresent();
        assertThat(bobSignal.read(atBob).content().getConversation()).isEqualTo("hello");
        Node atHome = secondSocket.await(MessageStage::message);
        assertThat(atHome.jid("from")).contains(anna.lid());
        assertThat(atHome.jid("recipient")).contains(bobLid);
        assertThat(atHome.jid("peer_recipient_pn")).contains(bob);
        assertThat(secondSignal.read(atHome).copy().orElseThrow().destination()).isEqualTo(bobLid.toString());
    }

    @Test
    void takesTheSameIdTwiceAndDeliversItOnce() {
        assertThat(stage.send(stage.greeting("M1", bob)).has("error")).isFalse();
        assertThat(stage.send(stage.greeting("M1", bob)).has("error")).isFalse();
        assertThat(stage.texts("Bob")).containsExactly("hello");
        // Another device's messages have ids of their own.
        TestCompanion second = new TestCompanion(stage.simulator).pair(admin, "Anna");
        TestSocket secondSocket = second.logIn();
        TestSignal secondSignal = new TestSignal(second, secondSocket).upload(5);
        secondSocket.send(Node.element("message")
                .attribute("id", "M2")
                .attribute("to", bob)
                .child(Node.element("participants").child(secondSignal.to(bob, MessageStage.HELLO)))
                .child(Node.bytes("device-identity", second.signedIdentity()))
                .build());
        secondSocket.await(node -> node.tag().equals("ack") && node.is("id", "M2"));
        assertThat(stage.texts("Bob")).containsExactly("hello", "hello");
    }

    @Test
    void countsMessagesThatComeAgainAndThoseOfThemThatAreOthers() {
        Node first = stage.greeting("M1", bob);
        stage.send(first);
        stage.send(first);
        stage.send(stage.greeting("M1", bob));
        stage.send(stage.message("M2", Jid.pn("4912345678"))
                .child(signal.encrypted(bob, MessageStage.HELLO))
                .build());
        JsonNode counts = admin.get("/admin/messages").json();
        assertThat(counts.path("refused").asInt()).isEqualTo(1);
        assertThat(counts.path("repeated").asInt()).isEqualTo(2);
        assertThat(counts.path("altered").asInt()).isEqualTo(1);
        assertThat(counts.path("resent").asInt()).isZero();
        int accepted = counts.path("accepted").asInt();
        stage.send(stage.greeting("M3", bob));
        assertThat(admin.get("/admin/messages").json().path("accepted").asInt()).isEqualTo(accepted + 1);
        assertThat(counts.path("retries").asInt()).isZero();
        admin.done("/admin/people/Bob/forget-sessions", "{}");
        stage.send(stage.greeting("M4", bob));
        assertThat(admin.get("/admin/messages").json().path("retries").asInt()).isEqualTo(1);
    }

    @Test
    void tellsOfDevicesThatWereForgotten() {
        TestCompanion bobs = new TestCompanion(stage.simulator).pair(admin, "Bob");
        Node ack = stage.send(stage.greeting("M1", bob));
        assertThat(ack.attribute("phash"))
                .contains(DeviceListHash.of(List.of(bob, bobs.pn(), anna.pn().account(), anna.pn())));
        assertThat(stage.texts("Bob")).containsExactly("hello");
        assertThat(bobs.logIn().all()).noneMatch(MessageStage::message);
        Node gone = signal.to(bob, MessageStage.HELLO).toBuilder()
                .attribute("jid", bob.withDevice(7))
                .build();
        assertThat(stage.send(stage.message("M2", bob, gone).build()).has("phash"))
                .isTrue();
    }

    @Test
    void tellsChatPartnersOfANewCompanion() {
        stage.send(stage.greeting("M1", bob));
        TestCompanion bobs = new TestCompanion(stage.simulator).pair(admin, "Bob");
        Node told = socket.await(node -> node.is("type", "devices"));
        assertThat(told.child("add")
                        .flatMap(add -> add.child("device"))
                        .orElseThrow()
                        .jid("jid"))
                .contains(bobs.pn());
    }

    @Test
    void refusesWhatItCannotDeliver() {
        assertThat(stage.code(stage.message("M1", Jid.pn("4912345678"))
                        .child(signal.encrypted(bob, MessageStage.HELLO))
                        .build()))
                .isEqualTo(404);
        Node misnamed = signal.to(bobLid, MessageStage.HELLO).toBuilder()
                .attribute("jid", Jid.pn(bobLid.user()))
                .build();
        assertThat(stage.code(stage.message("M2", bobLid, misnamed).build())).isEqualTo(479);
        admin.person("Carol");
        assertThat(stage.code(stage.message("M3", bob, signal.to(stage.address("Carol"), MessageStage.HELLO))
                        .build()))
                .isEqualTo(479);
        assertThat(stage.code(
                        stage.message("M4", Jid.of("1795400000", "broadcast")).build()))
                .isEqualTo(501);
        assertThat(stage.code(Node.element("message")
                        .attribute("id", "M5")
                        .attribute("to", bob)
                        .build()))
                .isEqualTo(400);
        admin.done("/admin/people/Bob/privacy", "{\"block\":[\"Anna\"]}");
        assertThat(stage.code(stage.greeting("M6", bob))).isEqualTo(403);
        assertThat(stage.texts("Bob")).isEmpty();
        // A refused id may be used again.
        admin.done("/admin/people/Bob/privacy", "{\"unblock\":[\"Anna\"]}");
        assertThat(stage.send(stage.greeting("M6", bob)).has("error")).isFalse();
        assertThat(stage.texts("Bob")).containsExactly("hello");
    }

    @Test
    void survivesMessagesAndReceiptsThatMakeNoSense() {
        List<Node> nonsense = List.of(
                Node.empty("message"),
                Node.element("message").attribute("id", "N1").build(),
                Node.element("message").attribute("to", bob).build(),
                Node.element("message")
                        .attribute("id", "N2")
                        .attribute("to", bob)
                        .child(Node.element("participants").child(Node.empty("to")))
                        .build(),
                Node.element("message")
                        .attribute("id", "x".repeat(1000))
                        .attribute("to", bob)
                        .child(Node.bytes("enc", new byte[] {1}))
                        .build(),
                stage.message(
                                "N3",
                                bob,
                                Node.element("to")
                                        .attribute("jid", bob)
                                        .child(Node.element("enc")
                                                .attribute("type", "pkmsg")
                                                .bytes(new byte[] {51, 8, 1}))
                                        .build())
                        .build(),
                stage.message(
                                "N4",
                                bob,
                                Node.element("to")
                                        .attribute("jid", bob)
                                        .child(Node.element("enc")
                                                .attribute("type", "skmsg")
                                                .bytes(new byte[200]))
                                        .build())
                        .build(),
                Node.empty("receipt"),
                Node.element("receipt").attribute("id", "N5").build(),
                Node.element("receipt")
                        .attribute("id", "N6")
                        .attribute("to", Jid.group("1"))
                        .attribute("type", "retry")
                        .build(),
                Node.element("receipt")
                        .attribute("id", "N7")
                        .attribute("to", bob)
                        .attribute("type", "retry")
                        .child(Node.element("keys").child(Node.bytes("skey", new byte[3])))
                        .build());
        nonsense.forEach(socket::send);
        assertThat(socket.isAlive()).isTrue();
        assertThat(stage.texts("Bob")).isEmpty();
        assertThat(stage.send(stage.greeting("M1", bob)).has("error")).isFalse();
        assertThat(stage.texts("Bob")).containsExactly("hello");
    }

    @Test
    void keepsAMessageForACompanionUntilItIsAcknowledged() {
        socket.abort();
        String id = admin.done("/admin/people/Bob/messages", "{\"to\":\"Anna\",\"text\":\"hello\"}")
                .path("id")
                .asString();
        TestSocket second = anna.tryLogIn();
        Node preview = second.await(node -> node.child("offline_preview").isPresent())
                .child("offline_preview")
                .orElseThrow();
        assertThat(preview.number("message").orElseThrow()).isPositive();
        Node first = second.await(node -> MessageStage.message(node) && node.is("id", id));
        assertThat(first.has("offline")).isTrue();
        second.abort();
        TestSocket third = anna.tryLogIn();
        Node again = third.await(node -> MessageStage.message(node) && node.is("id", id));
        assertThat(again.child("enc")).isEqualTo(first.child("enc"));
        third.acknowledge(again);
        assertThat(third.isAlive()).isTrue();
        third.abort();
        TestSocket last = anna.logIn();
        assertThat(last.poll(node -> node.is("id", id), Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void anOfflinePhoneReadsLaterAndWritesNothing() {
        admin.done("/admin/people/Bob/offline", "{\"offline\":true}");
        stage.send(stage.greeting("M1", bob));
        assertThat(stage.texts("Bob")).isEmpty();
        assertThat(admin.post("/admin/people/Bob/messages", "{\"to\":\"Anna\",\"text\":\"x\"}")
                        .error())
                .contains("offline");
        admin.done("/admin/people/Bob/offline", "{\"offline\":false}");
        assertThat(stage.texts("Bob")).containsExactly("hello");
        assertThat(socket.await(node -> node.tag().equals("receipt") && node.is("id", "M1") && !node.has("type"))
                        .jid("from"))
                .contains(bob);
    }
}
