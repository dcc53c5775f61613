package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Messages between two people, who have phones and companions (specification §14.1, §14.2, §14.4). */
class DirectMessagesIT {

    private static final Message HELLO =
            Message.newBuilder().setConversation("hello").build();

    private final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    private final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    private final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
    private final TestSocket socket = anna.logIn();
    private final TestSignal signal = new TestSignal(anna, socket).upload(20);
    private Jid bob = Jid.SERVER;
    private Jid bobLid = Jid.SERVER;

    @BeforeEach
    void createBob() {
        admin.person("Bob");
        JsonNode person = admin.get("/admin/people/Bob").json();
        bob = Jid.parse(person.path("jid").asString()).orElseThrow();
        bobLid = Jid.parse(person.path("lid").asString()).orElseThrow();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Node.Builder message(String id, Jid to, Node... copies) {
        return Node.element("message")
                .attribute("id", id)
                .attribute("to", to)
                .attribute("type", "text")
                .child(Node.element("participants").children(List.of(copies)))
                .child(Node.bytes("device-identity", anna.signedIdentity()));
    }

    /** Anna's companion writes to Bob's phone and copies her own. */
    private Node greeting(String id, Jid to) {
        Message copy = MessageEnvelope.copy(HELLO, to, Optional.empty());
        Jid own = to.isLid() ? anna.lid() : anna.pn();
        return message(id, to, signal.to(to, HELLO), signal.to(own.account(), copy))
                .build();
    }

    private Node send(Node message) {
        socket.send(message);
        return ack(message.attribute("id").orElseThrow());
    }

    private Node ack(String id) {
        return socket.await(node -> node.tag().equals("ack") && node.is("class", "message") && node.is("id", id));
    }

    private JsonNode lastSeen(String person) {
        JsonNode seen = admin.get("/admin/people/" + person + "/seen").json();
        return seen.get(seen.size() - 1);
    }

    @Test
    void bringsATextToTheOtherPhoneAndToOnesOwn() {
        Node ack = send(greeting("M1", bob));
        assertThat(ack.has("error") || ack.has("phash")).isFalse();
        assertThat(ack.jid("from")).contains(bob);
        assertThat(ack.number("t")).isPresent();
        JsonNode seen = lastSeen("Bob");
        assertThat(seen.path("text").asString()).isEqualTo("hello");
        assertThat(seen.path("from").asString()).isEqualTo("Anna");
        assertThat(seen.path("id").asString()).isEqualTo("M1");
        assertThat(seen.has("group")).isFalse();
        assertThat(lastSeen("Anna").path("from").asString()).isEqualTo("Anna");
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
        assertThat(message.is("id", id)).isTrue();
        assertThat(message.jid("from")).contains(bobLid);
        assertThat(message.jid("sender_pn")).contains(bob);
        assertThat(message.is("notify", "Bob") && message.number("t").isPresent())
                .isTrue();
        assertThat(signal.read(message).content().getConversation()).isEqualTo("hello");
        assertThat(lastSeen("Anna").path("text").asString()).isEqualTo("hello");
        socket.send(Node.element("receipt")
                .attribute("id", id)
                .attribute("to", bobLid)
                .build());
        socket.await(node -> node.tag().equals("ack") && node.is("class", "receipt"));
        assertThat(admin.get("/admin/people/Anna")
                        .json()
                        .at("/devices/0/unacknowledged")
                        .asInt())
                .isZero();
    }
}
