package io.greenfinch.simulator.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
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

    @Test
    void keepsStanzasInOrderUntilTheyAreAcknowledged() {
        for (int i = 1; i <= 3; i++) {
            mailbox.add(notification(i));
        }
        assertThat(mailbox.acknowledge("notification", "2", Optional.of(GROUP))).isTrue();
        assertThat(mailbox.waiting()).containsExactly(notification(1), notification(3));
        assertThat(mailbox.acknowledge("notification", "2", Optional.of(GROUP))).isFalse();
    }

    @Test
    void takesOnlyWhatAnAcknowledgementNames() {
        mailbox.add(notification(1));
        assertThat(mailbox.acknowledge("message", "1", Optional.of(GROUP))).isFalse();
        assertThat(mailbox.acknowledge("notification", "1", Optional.of(Jid.group("9"))))
                .isFalse();
        assertThat(mailbox.acknowledge("notification", "1", Optional.empty())).isTrue();
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
}
