package io.greenfinch.client;

import static io.greenfinch.client.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.pairing.DeviceListHash;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Devices of people that a business host holds (specification §13.3, §14.3). */
final class HostedDevicesIT extends MessagesScript {

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
        assertThat(questions()).as("theirs and ours, and nobody asked anew").isEqualTo(2);
    }
}
