package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.calling;
import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.MessageReceived;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.proto.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of messages have in common: people with devices of their own, who can be written to. */
class MessagesScript extends StanzasScript {

    static final Jid BOB_PN = FakeGroups.BOB_PN;
    static final Jid BOB_LID = FakeGroups.BOB;

    FakePeople people;

    @BeforeEach
    void meet() {
        people = new FakePeople(groups::answer);
        fixture.server.script(people::answer);
    }

    Outcome<SentMessage> sending(String id, Jid chat, String text) {
        return fixture.session().messages().send(message(id, chat, text), fixture.soon());
    }

    /** Lets time pass until something is done. */
    <T> T passing(Callable<T> work) {
        CompletableFuture<T> done = calling(work);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(100));
            return done.isDone();
        });
        return done.join();
    }

    void askAgain(String id, Jid chat, Jid device) {
        Node.Builder receipt = Node.element("receipt")
                .attribute("id", id)
                .attribute("from", chat)
                .attribute("type", "retry")
                .attribute("t", 1795400002);
        if (chat.isGroup()) {
            receipt.attribute("participant", device);
        }
        receipt.child(Node.element("retry")
                .attribute("count", 1)
                .attribute("id", id)
                .attribute("t", 1795400002)
                .attribute("v", 1));
        server().send(receipt.build());
    }

    void send(String id, Jid chat, String text) {
        Outcome<SentMessage> sent = sending(id, chat, text);
        assertThat(sent.done()).as("%s: %s", id, sent).isPresent();
    }

    static OutgoingMessage message(String id, Jid chat, String text) {
        return new OutgoingMessage(id, chat, text(text));
    }

    static Message text(String text) {
        return Message.newBuilder().setConversation(text).build();
    }

    static String read(FakeDevice device, Node message) {
        return device.read(FakePeople.encFor(message, device.address).orElseThrow())
                .getConversation();
    }

    Node message(String id) {
        return messages(id).getFirst();
    }

    List<Node> messages(String id) {
        return fixture.server.received().stream()
                .filter(node -> node.tag().equals("message") && node.is("id", id))
                .toList();
    }

    /** How often devices were asked for. */
    long questions() {
        return fixture.server.received().stream()
                .filter(node -> node.is("xmlns", "usync"))
                .count();
    }

    List<MessageReceived> told() {
        return fixture.sink.events.stream()
                .filter(MessageReceived.class::isInstance)
                .map(MessageReceived.class::cast)
                .toList();
    }
}
