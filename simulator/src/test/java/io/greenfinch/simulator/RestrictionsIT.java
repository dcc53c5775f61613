package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that the service does not take of everybody, or not now, and faults around them (specification §26.2, §26.3). */
class RestrictionsIT {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MessageStage stage = new MessageStage();
    private final TestAdmin admin = stage.admin;
    private final TestSocket socket = stage.socket;
    private final Jid bob = stage.bob;

    @AfterEach
    void stop() {
        stage.simulator.close();
    }

    private void newChats(String rule) {
        admin.done("/admin/people/Anna/new-chats", "{\"rule\":\"" + rule + "\"}");
    }

    private int withToken(String id, byte[] token) {
        Node message = stage.greeting(id, bob).toBuilder()
                .child(Node.bytes("tctoken", token))
                .build();
        return (int) stage.send(message).number("error").orElse(0);
    }

    @Test
    void letsARestrictedAccountAnswerOnly() {
        newChats("refused");
        assertThat(stage.code(stage.greeting("M1", bob))).isEqualTo(463);
        assertThat(stage.texts("Bob")).isEmpty();
        admin.done("/admin/people/Bob/messages", "{\"to\":\"Anna\",\"text\":\"write to me\"}");
        assertThat(stage.send(stage.greeting("M2", bob)).has("error")).isFalse();
    }

    @Test
    void letsARestrictedAccountWriteToThoseWhoTrustItIfThatIsTheRule() {
        TestCompanion bobs = new TestCompanion(stage.simulator).pair(admin, "Bob");
        TestSocket bobSocket = bobs.logIn();
        Node given = bobSocket.request(
                Jid.SERVER,
                "set",
                "privacy",
                Node.element("tokens")
                        .child(Node.element("token")
                                .attribute("jid", stage.anna.lid().account())
                                .attribute("t", 1_795_400_000)
                                .attribute("type", "trusted_contact"))
                        .build());
        assertThat(given.is("type", "result")).isTrue();
        byte[] token = socket.await(node -> node.is("type", "privacy_token"))
                .child("tokens")
                .flatMap(tokens -> tokens.child("token"))
                .orElseThrow()
                .content();
        newChats("with-token");
        assertThat(stage.code(stage.greeting("M1", bob))).isEqualTo(463);
        assertThat(withToken("M2", new byte[16])).isEqualTo(463);
        assertThat(withToken("M3", token)).isZero();
        Node atBob = bobSocket.poll(MessageStage::message, MOMENT).orElse(Node.empty("none"));
        assertThat(atBob.child("tctoken")).as("it is for the service").isEmpty();
        newChats("refused");
        assertThat(withToken("M4", token)).isEqualTo(463);
        newChats("allowed");
        assertThat(stage.send(stage.greeting("M5", bob)).has("error")).isFalse();
    }

    @Test
    void takesNoMoreMessagesASecondThanItIsTold() {
        admin.done("/admin/settings", "{\"messagesPerSecond\":3}");
        int refused = 0;
        for (int i = 0; i < 8; i++) {
            Node ack = stage.send(stage.greeting("M" + i, bob));
            assertThat(ack.attribute("error").orElse("429")).isEqualTo("429");
            refused += ack.has("error") ? 1 : 0;
        }
        assertThat(refused).isPositive();
        admin.done("/admin/settings", "{\"messagesPerSecond\":0}");
        assertThat(stage.send(stage.greeting("M9", bob)).has("error")).isFalse();
    }

    @Test
    void losesAMessageOrOnlyItsAcknowledgement() {
        admin.fault("{\"kind\":\"no-answer\",\"stanza\":\"sent-message\"}");
        socket.send(stage.greeting("M1", bob));
        assertThat(socket.isAlive()).isTrue();
        assertThat(stage.texts("Bob")).isEmpty();
        admin.fault("{\"kind\":\"no-answer\",\"stanza\":\"sent-message\",\"processed\":true}");
        socket.send(stage.greeting("M1", bob));
        assertThat(socket.isAlive()).isTrue();
        assertThat(stage.texts("Bob")).containsExactly("hello");
        assertThat(socket.poll(node -> node.is("class", "message"), MOMENT)).isEmpty();
        assertThat(stage.send(stage.greeting("M1", bob)).has("error")).isFalse();
        assertThat(stage.texts("Bob")).containsExactly("hello");
    }

    @Test
    void refusesAMessageAsItIsTold() {
        admin.fault("{\"kind\":\"error\",\"code\":503,\"stanza\":\"sent-message\",\"account\":\"Anna\"}");
        assertThat(stage.code(stage.greeting("M1", bob))).isEqualTo(503);
        admin.fault("{\"kind\":\"delay\",\"millis\":1,\"stanza\":\"sent-message\"}");
        assertThat(stage.send(stage.greeting("M1", bob)).has("error")).isFalse();
        assertThat(stage.texts("Bob")).containsExactly("hello");
        admin.fault("{\"kind\":\"cut\",\"stanza\":\"sent-message\",\"processed\":true}");
        socket.send(stage.greeting("M2", bob));
        socket.awaitClose();
        assertThat(stage.texts("Bob")).containsExactly("hello", "hello");
    }
}
