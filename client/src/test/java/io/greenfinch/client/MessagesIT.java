package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionEvent.MessageReceived;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.pairing.DeviceListHash;
import io.greenfinch.protocol.proto.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages to people with devices of their own, stanza by stanza (specification §14, §15.3). */
final class MessagesIT extends StanzasScript {

    private static final Jid BOB_PN = FakeGroups.BOB_PN;
    private static final Jid BOB_LID = FakeGroups.BOB;

    private FakePeople people;

    @BeforeEach
    void meet() {
        people = new FakePeople(groups::answer);
        fixture.server.script(people::answer);
    }

    @Test
    void whatABusinessHostHoldsIsWrittenToByItsOwnName() {
        FakeDevice phone = people.add(BOB_PN);
        FakeDevice host = people.add(BOB_PN.withDevice(99).hosted());
        assertThat(host.address).hasToString("15550001002:99@hosted");
        send("H1", BOB_PN, "hello");

        Node sent = message("H1");
        assertThat(read(phone, sent)).isEqualTo("hello");
        assertThat(read(host, sent)).isEqualTo("hello");

        // What it answers is the account's, and goes on with the same session.
        server().send(Node.element("message")
                .attribute("from", host.address)
                .attribute("sender_lid", BOB_LID)
                .attribute("id", "H2")
                .attribute("type", "text")
                .attribute("t", 1795400000)
                .child(host.enc(text("good day")))
                .build());
        Node receipt = fixture.awaitStanza(node -> node.tag().equals("receipt") && node.is("id", "H2"));
        assertThat(receipt.jid("to")).hasValue(host.address);
        assertThat(told()).singleElement().satisfies(event -> {
            assertThat(event.message().chat()).isEqualTo(BOB_PN);
            assertThat(event.message().sender().is(BOB_PN)).isTrue();
            assertThat(event.message().content().map(MessageEnvelope::content)).hasValue(text("good day"));
        });
        send("H3", BOB_PN, "and on");
        assertThat(read(host, message("H3"))).isEqualTo("and on");
        assertThat(FakePeople.encFor(message("H3"), host.address).orElseThrow().is("type", "msg"))
                .isTrue();
    }

    @Test
    void whatABusinessHostHoldsReadsNothingInGroups() {
        people.add(BOB_LID);
        FakeDevice host = people.add(BOB_LID.withDevice(99).hosted());
        send("G1", group, "for us");

        Node sent = message("G1");
        assertThat(FakePeople.encFor(sent, BOB_LID)).isPresent();
        assertThat(FakePeople.encFor(sent, host.address)).isEmpty();
        assertThat(sent.attribute("phash")).hasValue(DeviceListHash.of(List.of(BOB_LID, FakePhone.LID)));

        askAgain("G1", group, host.address);
        fixture.awaitStanza(ack("G1"));
        askAgain("G1", group, BOB_LID);
        until(() -> messages("G1").size() == 2);
        assertThat(messages("G1").getLast().jid("participant")).hasValue(BOB_LID);
    }

    @Test
    void aNotificationOfWhatABusinessHostHoldsIsKept() {
        people.add(BOB_PN);
        send("N1", BOB_PN, "one");
        FakeDevice host = people.add(BOB_PN.withDevice(99).hosted());
        server().send(Node.element("notification")
                .attribute("from", BOB_PN)
                .attribute("type", "devices")
                .attribute("id", "d1")
                .child(Node.element("add").child(Node.element("device").attribute("jid", host.address)))
                .build());
        fixture.awaitStanza(ack("d1"));
        send("N2", BOB_PN, "two");

        assertThat(read(host, message("N2"))).isEqualTo("two");
        assertThat(questions()).as("nobody asked anew").isEqualTo(1);
    }

    @Test
    void anAcknowledgementWithOurOwnHashTellsNothingNew() {
        people.add(BOB_LID);
        people.taking(sent -> List.of(FakePeople.acknowledgement(sent)
                .attribute("phash", sent.attribute("phash").orElseThrow())
                .build()));
        send("P1", group, "one");
        send("P2", group, "two");
        assertThat(questions()).isEqualTo(1);

        people.taking(sent -> List.of(FakePeople.acknowledgement(sent)
                .attribute("phash", "2:AAAAAAAA")
                .build()));
        send("P3", group, "three");
        send("P4", group, "four");
        assertThat(questions()).as("theirs are others").isEqualTo(2);
    }

    @Test
    void whatIsAskedForAgainGoesOutOnTheNextConnectionToo() {
        FakeDevice phone = people.add(BOB_PN);
        send("R1", BOB_PN, "once more");
        CompletableFuture<Void> commit = fixture.sink.hold();
        int units = fixture.sink.units.size();
        askAgain("R1", BOB_PN, BOB_PN);
        until(() -> fixture.sink.units.size() > units);

        FakeConnection first = server();
        first.close();
        until(() -> !fixture.session().account().status().online());
        fixture.sink.letPass();
        commit.complete(null);
        until(() -> {
            fixture.timers.advance(Duration.ofMillis(500));
            return messages("R1").size() == 2;
        });
        Node again = messages("R1").getLast();
        assertThat(server()).isNotSameAs(first);
        assertThat(server().received()).contains(again);
        assertThat(again.jid("to")).hasValue(BOB_PN);
        assertThat(phone.read(again.child("enc").orElseThrow())).isEqualTo(text("once more"));
    }

    private void askAgain(String id, Jid chat, Jid device) {
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

    private void send(String id, Jid chat, String text) {
        Outcome<SentMessage> sent = fixture.session().messages().send(message(id, chat, text), fixture.soon());
        assertThat(sent.done()).as("%s: %s", id, sent).isPresent();
    }

    private static OutgoingMessage message(String id, Jid chat, String text) {
        return new OutgoingMessage(id, chat, text(text));
    }

    private static Message text(String text) {
        return Message.newBuilder().setConversation(text).build();
    }

    private static String read(FakeDevice device, Node message) {
        return device.read(FakePeople.encFor(message, device.address).orElseThrow())
                .getConversation();
    }

    private Node message(String id) {
        return messages(id).getFirst();
    }

    private List<Node> messages(String id) {
        return fixture.server.received().stream()
                .filter(node -> node.tag().equals("message") && node.is("id", id))
                .toList();
    }

    /** How often devices were asked for. */
    private long questions() {
        return fixture.server.received().stream()
                .filter(node -> node.is("xmlns", "usync"))
                .count();
    }

    private List<MessageReceived> told() {
        return fixture.sink.events.stream()
                .filter(MessageReceived.class::isInstance)
                .map(MessageReceived.class::cast)
                .toList();
    }
}
