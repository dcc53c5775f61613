package io.greenfinch.simulator;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A simulator with Anna, who has a companion that is logged in and has keys, and Bob, who has a phone only. */
final class MessageStage {

    static final Message HELLO = Message.newBuilder().setConversation("hello").build();

    final Simulator simulator = Simulator.start(SimulatorSettings.defaults());
    final TestAdmin admin = new TestAdmin(simulator.adminUrl());
    final TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
    final TestSocket socket = anna.logIn();
    final TestSignal signal = new TestSignal(anna, socket).upload(20);
    final Jid bob;
    final Jid bobLid;

    MessageStage() {
        admin.person("Bob");
        bob = address("Bob");
        bobLid = Jid.parse(admin.get("/admin/people/Bob").json().path("lid").asString())
                .orElseThrow();
    }

    /** Somebody's address by phone number. */
    Jid address(String person) {
        return Jid.parse(admin.get("/admin/people/" + person).json().path("jid").asString())
                .orElseThrow();
    }

    static boolean message(Node node) {
        return node.tag().equals("message");
    }

    /** A message of Anna's companion, to which more may be added. */
    Node.Builder message(String id, Jid to, Node... copies) {
        return Node.element("message")
                .attribute("id", id)
                .attribute("to", to)
                .attribute("type", "text")
                .child(Node.element("participants").children(List.of(copies)))
                .child(Node.bytes("device-identity", anna.signedIdentity()));
    }

    /** What Anna's other devices are to know of a greeting. */
    Message copy(Jid chat) {
        return MessageEnvelope.copy(HELLO, chat, Optional.empty());
    }

    /** A greeting from Anna's companion to Bob's phone, with a copy for her own. */
    Node greeting(String id, Jid to) {
        Jid own = to.isLid() ? anna.lid() : anna.pn();
        return message(id, to, signal.to(to, HELLO), signal.to(own.account(), copy(to)))
                .build();
    }

    /** Sends a message and waits for its acknowledgement. */
    Node send(Node message) {
        socket.send(message);
        return ack(message.attribute("id").orElseThrow());
    }

    Node ack(String id) {
        return socket.await(node -> node.tag().equals("ack") && node.is("class", "message") && node.is("id", id));
    }

    /** The code with which a message is refused. */
    int code(Node message) {
        return (int) send(message).number("error").orElseThrow();
    }

    JsonNode lastSeen(String person) {
        JsonNode seen = admin.get("/admin/people/" + person + "/seen").json();
        return seen.get(seen.size() - 1);
    }

    /** The messages that a person's phone showed. */
    List<String> texts(String person) {
        return admin.get("/admin/people/" + person + "/seen").json().values().stream()
                .filter(seen -> seen.has("id"))
                .map(seen -> seen.path("text").asString())
                .toList();
    }
}
