package io.greenfinch.protocol.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.protocol.curve.KeyPair;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Function;

class SignalFuzzTest {

    private static final SeededRandom RANDOM = new SeededRandom(14);
    private static final Device ALICE = new Device(1, RANDOM);
    private static final Device BOB = new Device(2, RANDOM);
    private static final KeyPair SIGNING = KeyPair.generate(RANDOM);
    private static final ReceivedSenderKeys KEYS = ReceivedSenderKeys.none()
            .with(new SenderKeyDistribution(1, 0, new byte[KeyPair.KEY_LENGTH], SIGNING.publicKey()));

    static {
        ALICE.start(BOB.bundle());
        BOB.decrypt(ALICE.encrypt(new byte[1]));
    }

    @FuzzTest
    void sessionMessage(byte[] bytes) {
        SessionCipher.decrypt(BOB.session, new EncryptedMessage(EncryptedMessage.Kind.SESSION, bytes), BOB, RANDOM);
    }

    /** With prekeys that are there, whichever it names. */
    @FuzzTest
    void preKeyMessage(byte[] bytes) {
        SessionCipher.decrypt(BOB.session, new EncryptedMessage(EncryptedMessage.Kind.PREKEY, bytes), BOB, RANDOM);
        PreKeyMessage.parse(bytes)
                .ifPresent(message -> assertThat(message.baseKey()).hasSize(KeyPair.KEY_LENGTH));
    }

    @FuzzTest
    void senderKeyMessage(byte[] bytes) {
        KEYS.decrypt(new EncryptedMessage(EncryptedMessage.Kind.SENDER_KEY, bytes));
    }

    /** What is behind the signature, of any content. */
    @FuzzTest
    void signedSenderKeyMessage(byte[] protobuf) {
        byte[] signed = RatchetMessage.versioned(protobuf);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(signed);
        message.writeBytes(SIGNING.sign(signed, RANDOM));
        KEYS.decrypt(new EncryptedMessage(EncryptedMessage.Kind.SENDER_KEY, message.toByteArray()));
    }

    /** What is told can be told on, and taken. */
    @FuzzTest
    void distribution(byte[] bytes) {
        SenderKeyDistribution.parse(bytes).ifPresent(told -> {
            assertThat(SenderKeyDistribution.parse(told.encode())).contains(told);
            ReceivedSenderKeys taken = KEYS.with(told);
            assertThat(ReceivedSenderKeys.decode(taken.encode())).isEqualTo(taken);
        });
    }

    @FuzzTest
    void storedSession(byte[] bytes) {
        assertHasOneEncoding(bytes, stored -> SignalSession.decode(stored).encode());
    }

    @FuzzTest
    void storedOwnSenderKey(byte[] bytes) {
        assertHasOneEncoding(bytes, stored -> OwnSenderKey.decode(stored).encode());
    }

    @FuzzTest
    void storedSenderKeys(byte[] bytes) {
        assertHasOneEncoding(bytes, stored -> ReceivedSenderKeys.decode(stored).encode());
    }

    /** Any bytes are malformed or exactly what is written again. */
    private static void assertHasOneEncoding(byte[] bytes, Function<byte[], byte[]> again) {
        byte[] written;
        try {
            written = again.apply(bytes);
        } catch (MalformedStateException e) {
            return;
        }
        assertThat(Arrays.equals(written, bytes)).isTrue();
    }
}
