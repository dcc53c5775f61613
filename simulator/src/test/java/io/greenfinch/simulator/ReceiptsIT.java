package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Receipts, whom they are told, and retries of both sides (specification §15). */
class ReceiptsIT {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MessageStage stage = new MessageStage();
    private final TestAdmin admin = stage.admin;
    private final TestCompanion anna = stage.anna;
    private final TestSocket socket = stage.socket;
    private final TestSignal signal = stage.signal;
    private final Jid bob = stage.bob;

    @AfterEach
    void stop() {
        stage.simulator.close();
    }

    private String bobWrites(String text) {
        return admin.done("/admin/people/Bob/messages", "{\"to\":\"Anna\",\"text\":\"" + text + "\"}")
                .path("id")
                .asString();
    }

    private Node awaitMessage(String id) {
        return socket.await(node -> MessageStage.message(node) && node.is("id", id));
    }

    private static Node.Builder receipt(String id, Jid to) {
        return Node.element("receipt").attribute("id", id).attribute("to", to);
    }

    @Test
    void tellsTheAuthorsCompanionsAndTheReadersOwnOfReading() {
        TestCompanion bobs = new TestCompanion(stage.simulator).pair(admin, "Bob");
        TestSocket bobSocket = bobs.logIn();
        TestSocket second =
                new TestCompanion(stage.simulator).pair(admin, "Anna").logIn();
        String one = bobWrites("one");
        String two = bobWrites("two");
        socket.send(receipt(one, bob)
                .attribute("type", "read")
                .attribute("t", 1_795_400_000)
                .child(Node.element("list").child(Node.element("item").attribute("id", two)))
                .build());
        Node atBob = bobSocket.await(node -> node.tag().equals("receipt") && node.is("type", "read"));
        assertThat(atBob.jid("from")).contains(anna.pn());
        assertThat(atBob.is("id", one) && atBob.has("t") && !atBob.has("recipient"))
                .isTrue();
        assertThat(atBob.child("list").orElseThrow().child("item").orElseThrow().is("id", two))
                .isTrue();
        Node atHome = second.await(node -> node.tag().equals("receipt") && node.is("type", "read"));
        assertThat(atHome.jid("recipient")).contains(bob);
        assertThat(atHome.jid("from")).contains(anna.pn());
    }

    @Test
    void tellsNobodyElseOfReadingInSecret() {
        TestSocket bobSocket =
                new TestCompanion(stage.simulator).pair(admin, "Bob").logIn();
        TestSocket second =
                new TestCompanion(stage.simulator).pair(admin, "Anna").logIn();
        String id = bobWrites("one");
        socket.send(receipt(id, bob).attribute("type", "read-self").build());
        second.await(node -> node.tag().equals("receipt") && node.is("type", "read-self"));
        socket.send(receipt(id, bob).attribute("type", "played").build());
        bobSocket.await(node -> node.tag().equals("receipt") && node.is("type", "played"));
        assertThat(bobSocket.poll(node -> node.is("type", "read-self"), MOMENT)).isEmpty();
    }

    @Test
    void tellsOfReadingInAGroup() {
        Jid group = Jid.parse(admin.group("Team", "Bob", "lid", "Anna")).orElseThrow();
        TestSocket bobSocket =
                new TestCompanion(stage.simulator).pair(admin, "Bob").logIn();
        socket.send(receipt("M1", group)
                .attribute("participant", stage.bobLid)
                .attribute("type", "read")
                .build());
        Node read = bobSocket.await(node -> node.tag().equals("receipt"));
        assertThat(read.jid("from")).contains(group);
        assertThat(read.jid("participant")).contains(anna.lid());
        // Who is no member confirms nothing.
        Jid other = Jid.parse(admin.group("Other", "Bob", "lid")).orElseThrow();
        socket.send(receipt("M2", other).attribute("participant", stage.bobLid).build());
        assertThat(socket.isAlive()).isTrue();
        assertThat(bobSocket.poll(node -> node.is("id", "M2"), MOMENT)).isEmpty();
    }

    @Test
    void aPhoneAsksForWhatItCannotReadAndReadsWhatComesAgain() {
        stage.send(stage.greeting("M1", bob));
        admin.send("POST", "/admin/people/Bob/forget-sessions", "");
        // The phone wrote nothing yet, so that what is sent still starts the session with a prekey that was used.
        stage.send(stage.greeting("M2", bob));
        Node retry = socket.await(node -> node.tag().equals("receipt") && node.is("type", "retry"));
        assertThat(retry.is("id", "M2")).isTrue();
        assertThat(retry.jid("from")).contains(bob);
        assertThat(retry.child("retry").orElseThrow().is("count", "1")).isTrue();
        assertThat(retry.child("registration").orElseThrow().content()).hasSize(4);
        assertThat(retry.child("keys").orElseThrow().child("skey")).isPresent();
        assertThat(stage.texts("Bob")).containsExactly("hello");
        signal.restart(
                bob,
                retry.child("keys").orElseThrow(),
                retry.child("registration").orElseThrow());
        Node again = Node.element("message")
                .attribute("id", "M2")
                .attribute("to", bob)
                .attribute("type", "text")
                .attribute("device_fanout", "false")
                .child(signal.encrypted(bob, MessageStage.HELLO))
                .child(Node.bytes("device-identity", anna.signedIdentity()))
                .build();
        assertThat(stage.send(again).has("error")).isFalse();
        assertThat(stage.texts("Bob")).containsExactly("hello", "hello");
    }

    @Test
    void aPhoneBelievesNoCompanionWithoutTheProofThatItIsOne() {
        TestCompanion eve = new TestCompanion(stage.simulator).pair(admin, "Eve");
        for (byte[] proof : List.of(new byte[] {1}, eve.signedIdentity())) {
            Node message = Node.element("message")
                    .attribute("id", "P" + proof.length)
                    .attribute("to", bob)
                    .child(Node.element("participants").child(signal.to(bob, MessageStage.HELLO)))
                    .child(Node.bytes("device-identity", proof))
                    .build();
            assertThat(stage.send(message).has("error")).isFalse();
            socket.await(node -> node.is("type", "retry") && node.is("id", "P" + proof.length));
        }
        assertThat(stage.texts("Bob")).isEmpty();
        stage.send(stage.greeting("M1", bob));
        assertThat(stage.texts("Bob")).containsExactly("hello");
    }

    @Test
    void aWholeMessageThatIsSentAgainGoesToWhoAsked() {
        stage.send(stage.greeting("M1", bob));
        // Nobody asked yet.
        stage.send(stage.greeting("M1", bob));
        assertThat(stage.texts("Bob")).hasSize(1);
        admin.send("POST", "/admin/people/Bob/forget-sessions", "");
        stage.send(stage.greeting("M2", bob));
        socket.await(node -> node.is("type", "retry") && node.is("id", "M2"));
        signal.forget(bob);
        int own = stage.texts("Anna").size();
        stage.send(stage.greeting("M2", bob));
        assertThat(stage.texts("Bob")).hasSize(2);
        assertThat(stage.texts("Anna")).hasSize(own);
    }

    @Test
    void onePhoneSendsAgainWhatTheOtherCannotRead() {
        admin.person("Carol");
        admin.group("Team", "Bob", "lid", "Carol");
        String toCarol = "{\"to\":\"Carol\",\"text\":\"%s\"}";
        admin.done("/admin/people/Bob/messages", toCarol.formatted("one"));
        admin.done("/admin/people/Carol/messages", "{\"to\":\"Bob\",\"text\":\"two\"}");
        admin.done("/admin/people/Bob/messages", toCarol.formatted("three"));
        admin.done("/admin/people/Carol/forget-sessions", "");
        admin.done("/admin/people/Bob/messages", toCarol.formatted("four"));
        assertThat(stage.texts("Carol")).containsExactly("one", "three", "four");
        String id = stage.lastSeen("Carol").path("id").asString();
        admin.done("/admin/people/Carol/messages", "{\"to\":\"Bob\",\"text\":\"five\",\"quote\":\"%s\"}".formatted(id));
        admin.done("/admin/people/Carol/messages", "{\"react\":\"👍\",\"message\":\"%s\"}".formatted(id));
        assertThat(stage.texts("Bob")).containsExactly("two", "five", "reacted with 👍");
        assertThat(admin.post("/admin/people/Carol/messages", "{\"read\":\"unheard\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aPhoneSendsAgainToWhoCannotReadFiveTimesAtMost() {
        String id = bobWrites("hello");
        Node lost = awaitMessage(id);
        for (int count = 1; count <= 6; count++) {
            socket.send(receipt(id, lost.jid("from").orElseThrow())
                    .attribute("type", "retry")
                    .child(Node.element("retry").attribute("count", count).attribute("id", id))
                    .child(Node.bytes("registration", new byte[] {0, 0, 18, 103}))
                    .build());
            if (count <= 5) {
                Node again = awaitMessage(id);
                assertThat(again.child("enc").orElseThrow().is("type", "pkmsg")).isTrue();
                assertThat(again.child("enc").orElseThrow().is("count", Integer.toString(count)))
                        .isTrue();
                assertThat(signal.read(again).content().getConversation()).isEqualTo("hello");
            }
        }
        assertThat(socket.isAlive()).isTrue();
        assertThat(socket.poll(MessageStage::message, MOMENT)).isEmpty();
    }

    @Test
    void aPhoneSendsNothingAgainToStrangers() {
        String id = bobWrites("for Anna only");
        TestCompanion eve = new TestCompanion(stage.simulator).pair(admin, "Eve");
        TestSocket eves = eve.logIn();
        new TestSignal(eve, eves).upload(3);
        eves.send(receipt(id, stage.bobLid)
                .attribute("type", "retry")
                .child(Node.element("retry").attribute("count", 1).attribute("id", id))
                .build());
        assertThat(eves.isAlive()).isTrue();
        assertThat(eves.poll(MessageStage::message, MOMENT)).isEmpty();
    }

    @Test
    void aMessageThatWasTamperedWithIsSentAgainWhenItIsAskedFor() {
        admin.fault("{\"kind\":\"unreadable\",\"account\":\"Anna\"}");
        String id = bobWrites("hello");
        Node broken = awaitMessage(id);
        assertThatThrownBy(() -> signal.read(broken)).hasMessageContaining("not readable");
        socket.send(receipt(id, broken.jid("from").orElseThrow())
                .attribute("type", "retry")
                .child(Node.element("retry").attribute("count", 1).attribute("id", id))
                .build());
        assertThat(signal.read(awaitMessage(id)).content().getConversation()).isEqualTo("hello");
    }
}
