package io.greenfinch.protocol.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.signal.Decryption.Reason;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class SenderKeyTest {

    private final SecureRandom random = new SecureRandom();
    private OwnSenderKey own = OwnSenderKey.generate(random);
    private ReceivedSenderKeys received = ReceivedSenderKeys.none().with(own.distribution());

    @Test
    void whoWasToldTheKeyReadsWhatIsSentFromThenOn() {
        EncryptedMessage before = encrypt("before");
        ReceivedSenderKeys late = ReceivedSenderKeys.none().with(told());
        EncryptedMessage after = encrypt("after");

        assertThat(after.kind()).isEqualTo(EncryptedMessage.Kind.SENDER_KEY);
        assertThat(reason(late.decrypt(before))).isEqualTo(Reason.DUPLICATE);
        assertThat(decrypted(late.decrypt(after)).plaintext()).isEqualTo(bytes("after"));
        read(after);
        read(before);
        assertThat(reason(received.decrypt(before))).isEqualTo(Reason.DUPLICATE);
    }

    @Test
    void nobodyElseReadsOrWritesIt() {
        EncryptedMessage message = encrypt("message");
        assertThat(reason(ReceivedSenderKeys.none().decrypt(message))).isEqualTo(Reason.NO_SESSION);
        for (int i = 1; i < message.bytes().length; i++) {
            byte[] changed = message.bytes().clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(received.decrypt(new EncryptedMessage(message.kind(), changed)))
                    .isInstanceOf(Decryption.Failed.class);
        }
        assertThat(reason(received.decrypt(new EncryptedMessage(EncryptedMessage.Kind.SESSION, message.bytes()))))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aKeyThatIsToldAgainStaysAsItIs() {
        SenderKeyDistribution first = told();
        EncryptedMessage message = encrypt("message");
        read(message);
        received = received.with(first);
        assertThat(reason(received.decrypt(message))).isEqualTo(Reason.DUPLICATE);

        received = received.with(told());
        read(encrypt("next"));
    }

    @Test
    void aKeyThatIsToldAgainFromTooFarAheadGoesOnFromThere() {
        for (int i = 0; i <= ReceivingChain.MAX_AHEAD; i++) {
            encrypt("lost");
        }
        EncryptedMessage message = encrypt("message");
        assertThat(reason(received.decrypt(message))).isEqualTo(Reason.TOO_FAR_AHEAD);
        received = received.with(told());
        read(encrypt("next"));
    }

    @Test
    void fiveKeysAreKept() {
        List<EncryptedMessage> messages = new ArrayList<>();
        for (int i = 0; i <= ReceivedSenderKeys.MAX_KEYS; i++) {
            own = OwnSenderKey.generate(random);
            received = received.with(told());
            messages.add(encrypt("message"));
        }
        assertThat(reason(received.decrypt(messages.removeFirst()))).isEqualTo(Reason.NO_SESSION);
        messages.forEach(this::read);
    }

    @Test
    void twoThousandMayBeMissingAndStillCome() {
        List<EncryptedMessage> missing = new ArrayList<>();
        for (int i = 0; i < ReceivingChain.MAX_AHEAD; i++) {
            missing.add(encrypt("missing"));
        }
        read(encrypt("reachable"));
        missing.forEach(this::read);
        assertThat(received.encode().length).isLessThan(100);
    }

    @Test
    void aSenderThatLeavesOutEveryOtherNumberCostsLittle() {
        for (int i = 0; i < 3 * ReceivedSenderKeys.RECENT; i++) {
            encrypt("left out");
            read(encrypt("message"));
        }
        assertThat(received.encode().length).isLessThan(34 * ReceivedSenderKeys.RECENT / 2 + 200);
    }

    /** However long they stay away. */
    @Test
    void whatIsMissingInARowStillComes() {
        List<EncryptedMessage> missing = new ArrayList<>();
        for (int i = 0; i < 2 * ReceivedSenderKeys.RECENT; i++) {
            missing.add(encrypt("missing"));
        }
        for (int i = 0; i < 2 * ReceivedSenderKeys.RECENT; i++) {
            read(encrypt("message"));
        }
        missing.forEach(this::read);
    }

    @Test
    void inAnyOrderEachIsReadOnce() {
        long start = ThreadLocalRandom.current().nextLong();
        for (long seed = start; seed < start + 30; seed++) {
            SeededRandom order = new SeededRandom(seed);
            own = OwnSenderKey.generate(order);
            received = received.with(told());
            List<EncryptedMessage> underWay = new ArrayList<>();
            Set<EncryptedMessage> readBefore = new HashSet<>();
            for (int step = 0; step < 100; step++) {
                if (order.nextInt(3) == 0 || underWay.isEmpty()) {
                    underWay.add(encrypt("message " + step));
                    continue;
                }
                int at = order.nextInt(underWay.size());
                EncryptedMessage message = order.nextInt(4) == 0 ? underWay.get(at) : underWay.remove(at);
                if (readBefore.add(message)) {
                    read(message);
                } else {
                    assertThat(reason(received.decrypt(message)))
                            .as("seed %dL", seed)
                            .isEqualTo(Reason.DUPLICATE);
                }
            }
        }
    }

    @Test
    void statesAreSmallAndTellNoKey() {
        assertThat(own.encode().length).isLessThan(110);
        assertThat(received.encode().length).isLessThan(80);
        assertThat(own.toString()).matches("OwnSenderKey\\[\\d+ at 0]");
        assertThat(received).hasToString("ReceivedSenderKeys[1]");
        assertThat(told().toString()).matches("SenderKeyDistribution\\[\\d+ from 0]");
    }

    private SenderKeyDistribution told() {
        return SenderKeyDistribution.parse(own.distribution().encode()).orElseThrow();
    }

    private EncryptedMessage encrypt(String text) {
        Encrypted<OwnSenderKey> encrypted = own.encrypt(bytes(text), random);
        own = OwnSenderKey.decode(encrypted.state().encode());
        return encrypted.message();
    }

    private void read(EncryptedMessage message) {
        received = ReceivedSenderKeys.decode(
                decrypted(received.decrypt(message)).state().encode());
    }

    private static Decryption.Decrypted<ReceivedSenderKeys> decrypted(Decryption<ReceivedSenderKeys> decryption) {
        return switch (decryption) {
            case Decryption.Decrypted<ReceivedSenderKeys> decrypted -> decrypted;
            case Decryption.Failed<ReceivedSenderKeys> failed -> throw new AssertionError(failed);
        };
    }

    private static Reason reason(Decryption<ReceivedSenderKeys> decryption) {
        return switch (decryption) {
            case Decryption.Decrypted<ReceivedSenderKeys> _ -> throw new AssertionError("it was read");
            case Decryption.Failed<ReceivedSenderKeys>(Reason reason) -> reason;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
