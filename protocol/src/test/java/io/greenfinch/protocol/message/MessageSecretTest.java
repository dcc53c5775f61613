package io.greenfinch.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageSecret.Original;
import io.greenfinch.protocol.message.MessageSecret.Sealed;
import io.greenfinch.protocol.message.MessageSecret.Use;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is encrypted for those who have a message's secret (specification §14.9). */
class MessageSecretTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Jid ANN = Jid.pn("15550001001");
    private static final Jid BOB = Jid.pn("15550001002");
    private static final byte[] TEXT = {1, 2, 3};

    private final Original original = new Original(MessageSecret.generate(RANDOM), "3EB0AAAA", ANN);

    @ParameterizedTest
    @EnumSource(Use.class)
    void whoKnowsAllOfItReadsIt(Use use) {
        Sealed sealed = MessageSecret.encrypt(use, original, BOB, TEXT, RANDOM);

        assertThat(MessageSecret.decrypt(use, original, new Jid("15550001002", 3, Jid.USERS, 0), sealed))
                .as("a device goes by its account")
                .hasValue(TEXT);
        assertThat(MessageSecret.decrypt(use, original, ANN, sealed)).isEmpty();
        assertThat(MessageSecret.decrypt(use, new Original(original.secret(), "3EB0AAAB", ANN), BOB, sealed))
                .isEmpty();
        assertThat(MessageSecret.decrypt(use, new Original(original.secret(), "3EB0AAAA", BOB), BOB, sealed))
                .isEmpty();
        assertThat(MessageSecret.decrypt(
                        use, new Original(MessageSecret.generate(RANDOM), "3EB0AAAA", ANN), BOB, sealed))
                .isEmpty();
        for (Use other : Use.values()) {
            assertThat(MessageSecret.decrypt(other, original, BOB, sealed).isPresent())
                    .isEqualTo(other == use);
        }
    }

    @Test
    void nonsenseIsNotRead() {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = new byte[length];
            RANDOM.nextBytes(bytes);
            assertThat(MessageSecret.decrypt(Use.POLL_VOTE, original, BOB, new Sealed(bytes, new byte[12])))
                    .isEmpty();
            if (length != 12) {
                assertThat(MessageSecret.decrypt(Use.POLL_VOTE, original, BOB, new Sealed(TEXT, bytes)))
                        .isEmpty();
            }
            if (length != MessageSecret.LENGTH) {
                Sealed sealed = MessageSecret.encrypt(Use.EDIT, original, BOB, TEXT, RANDOM);
                assertThat(MessageSecret.decrypt(Use.EDIT, new Original(bytes, "3EB0AAAA", ANN), BOB, sealed))
                        .isEmpty();
            }
        }
    }
}
