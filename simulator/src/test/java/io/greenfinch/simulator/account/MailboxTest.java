package io.greenfinch.simulator.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final Jid GROUP = Jid.group("123");

    private final Mailbox mailbox = new Mailbox();

    private static Node notification(int id) {
        return Node.element("notification")
                .attribute("id", id)
                .attribute("from", GROUP)
                .build();
    }

    private boolean acknowledge(String kind, String id, Optional<Jid> to, String... more) {
        Node.Builder ack = Node.element("ack").attribute("to", to);
        for (int i = 0; i < more.length; i += 2) {
            ack.attribute(more[i], more[i + 1]);
        }
        return mailbox.acknowledge(kind, id, ack.build());
    }

    @Test
    void keepsStanzasInOrderUntilTheyAreAcknowledged() {
        for (int i = 1; i <= 3; i++) {
            mailbox.add(notification(i));
        }
        assertThat(acknowledge("notification", "2", Optional.of(GROUP))).isTrue();
        assertThat(mailbox.waiting()).containsExactly(notification(1), notification(3));
        assertThat(acknowledge("notification", "2", Optional.of(GROUP))).isFalse();
    }

    @Test
    void takesOnlyWhatAnAcknowledgementNames() {
        mailbox.add(notification(1));
        assertThat(acknowledge("message", "1", Optional.of(GROUP))).isFalse();
        assertThat(acknowledge("notification", "1", Optional.of(Jid.group("9"))))
                .isFalse();
        assertThat(acknowledge("notification", "1", Optional.empty())).isTrue();
        assertThat(mailbox.size()).isZero();
    }

    @Test
    void takesWhatAnAcknowledgementNamesThoughItLeavesSomethingOut() {
        mailbox.add(Node.element("message")
                .attribute("id", "M")
                .attribute("from", GROUP)
                .attribute("participant", Jid.lid("2"))
                .build());
        mailbox.add(notification(1));
        assertThat(acknowledge("message", "M", Optional.of(GROUP))).isTrue();
        assertThat(acknowledge("notification", "1", Optional.of(GROUP), "participant", "2@lid"))
                .isTrue();
        assertThat(mailbox.size()).isZero();
    }

    @Test
    void losesTheOldestWhenItIsFullAndRemembersThat() {
        for (int i = 0; i < Mailbox.LIMIT + 2; i++) {
            mailbox.add(notification(i));
        }
        assertThat(mailbox.size()).isEqualTo(Mailbox.LIMIT);
        assertThat(mailbox.waiting().getFirst()).isEqualTo(notification(2));
        assertThat(mailbox.lostStanzas()).isEqualTo(2);
        mailbox.forgetLosses();
        assertThat(mailbox.lostStanzas()).isZero();
    }

    @Test
    void tellsReceiptsForOneMessageApart() {
        String bob = "1:2@lid";
        String carol = "3@lid";
        for (String from : List.of(bob, carol)) {
            for (String type : List.of("", "read")) {
                mailbox.add(Node.element("receipt")
                        .attribute("id", "M")
                        .attribute("from", GROUP)
                        .attribute("participant", from)
                        .attribute("type", type)
                        .build());
            }
        }
        assertThat(mailbox.size()).isEqualTo(4);
        assertThat(acknowledge("receipt", "M", Optional.of(GROUP), "participant", carol, "type", "read"))
                .isTrue();
        assertThat(acknowledge("receipt", "M", Optional.of(GROUP), "participant", bob))
                .isTrue();
        assertThat(mailbox.waiting())
                .extracting(node -> node.attribute("participant").orElse("")
                        + node.attribute("type").orElse(""))
                .containsExactly(bob + "read", carol);
    }

    @Test
    void takesAReceiptForAnAcknowledgementThoughItNamesAnotherDevice() {
        mailbox.add(Node.element("message")
                .attribute("id", "M")
                .attribute("from", Jid.pn("1").withDevice(3))
                .build());
        mailbox.add(Node.element("message")
                .attribute("id", "M")
                .attribute("from", GROUP)
                .attribute("participant", Jid.lid("2").withDevice(3))
                .build());
        assertThat(acknowledge("message", "M", Optional.of(GROUP), "participant", "9@lid"))
                .isFalse();
        assertThat(acknowledge("message", "M", Optional.of(GROUP), "participant", "2@lid"))
                .isTrue();
        assertThat(acknowledge("message", "M", Optional.of(Jid.pn("1")))).isTrue();
        assertThat(mailbox.size()).isZero();
    }
}
