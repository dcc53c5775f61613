package io.greenfinch.protocol.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.signal.Decryption.Reason;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTest {

    private final SecureRandom random = new SecureRandom();
    private final Device alice = new Device(1001, random);
    private final Device bob = new Device(1002, random);

    @Test
    void messagesStartTheSessionUntilTheOtherSideAnswers() {
        alice.start(bob.bundle());

        EncryptedMessage first = alice.encrypt(bytes("one"));
        EncryptedMessage second = alice.encrypt(bytes("two"));

        assertThat(first.kind()).isEqualTo(EncryptedMessage.Kind.PREKEY);
        assertThat(second.kind()).isEqualTo(EncryptedMessage.Kind.PREKEY);
        assertThat(alice.session.isUnanswered()).isTrue();
        assertThat(decrypted(bob, first).usedPreKey()).hasValue(1);
        assertThat(decrypted(bob, second).usedPreKey()).isEmpty();

        EncryptedMessage answer = bob.encrypt(bytes("three"));

        assertThat(answer.kind()).isEqualTo(EncryptedMessage.Kind.SESSION);
        assertThat(decrypted(alice, answer).plaintext()).isEqualTo(bytes("three"));
        assertThat(alice.session.isUnanswered()).isFalse();
        assertThat(alice.encrypt(bytes("four")).kind()).isEqualTo(EncryptedMessage.Kind.SESSION);
    }

    @Test
    void aSessionCanStartWithoutAOneTimePrekey() {
        alice.start(bob.bundle(Optional.empty()));

        Decryption.Decrypted<SignalSession> read = decrypted(bob, alice.encrypt(bytes("one")));

        assertThat(read.plaintext()).isEqualTo(bytes("one"));
        assertThat(read.usedPreKey()).isEmpty();
        assertThat(bob.session.remoteIdentity()).contains(alice.identity().publicKey());
        assertThat(bob.session.remoteRegistrationId()).hasValue(1001);
    }

    @Test
    void aBundleThatIsNotGenuineStartsNothing() {
        PreKeyBundle bundle = bob.bundle();
        byte[] signature = bundle.signature().clone();
        signature[3] ^= 1;
        PreKeyBundle forged =
                new PreKeyBundle(1002, bundle.identityKey(), 7, bundle.signedPreKey(), signature, Optional.empty());
        PreKeyBundle withZero = bob.bundle(Optional.of(new PreKeyBundle.OneTimeKey(1, new byte[32])));

        assertThat(SessionCipher.start(SignalSession.none(), forged, alice.identity(), random))
                .isEmpty();
        assertThat(SessionCipher.start(SignalSession.none(), withZero, alice.identity(), random))
                .isEmpty();
    }

    @Test
    void messagesMayComeInAnyOrderAndSomeNotAtAll() {
        establish();
        List<EncryptedMessage> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(alice.encrypt(bytes("message " + i)));
        }
        for (int i = 18; i >= 0; i -= 2) {
            assertThat(decrypted(bob, sent.get(i)).plaintext()).isEqualTo(bytes("message " + i));
        }
        decrypted(alice, bob.encrypt(bytes("answer")));
        decrypted(bob, alice.encrypt(bytes("next chain")));

        assertThat(decrypted(bob, sent.get(19)).plaintext()).isEqualTo(bytes("message 19"));
        assertThat(decrypted(bob, sent.get(1)).plaintext()).isEqualTo(bytes("message 1"));
    }

    @Test
    void aMessageIsReadOnce() {
        alice.start(bob.bundle());
        EncryptedMessage start = alice.encrypt(bytes("start"));
        decrypted(bob, start);
        assertThat(reason(bob, start)).isEqualTo(Reason.DUPLICATE);
        decrypted(alice, bob.encrypt(bytes("answer")));
        EncryptedMessage later = alice.encrypt(bytes("later"));
        decrypted(bob, later);

        // Four answers on, the chain is closed and kept for this alone.
        for (int i = 0; i < 3; i++) {
            decrypted(alice, bob.encrypt(bytes("ping")));
            decrypted(bob, alice.encrypt(bytes("pong")));
        }
        assertThat(reason(bob, later)).isEqualTo(Reason.DUPLICATE);
        assertThat(reason(bob, start)).isEqualTo(Reason.DUPLICATE);
    }

    @Test
    void aChangedByteIsNoticed() {
        establish();
        EncryptedMessage message = alice.encrypt(bytes("message"));
        byte[] before = bob.session.encode();
        for (int i = 1; i < message.bytes().length; i++) {
            byte[] changed = message.bytes().clone();
            changed[i] ^= (byte) (1 << random.nextInt(8));

            assertThat(bob.decrypt(new EncryptedMessage(message.kind(), changed)))
                    .isInstanceOf(Decryption.Failed.class);
        }
        assertThat(bob.session.encode()).isEqualTo(before);
        assertThat(decrypted(bob, message).plaintext()).isEqualTo(bytes("message"));
    }

    @Test
    void twoThousandMayBeMissingBeforeAMessageAndNotOneMore() {
        establish();
        EncryptedMessage first = alice.encrypt(bytes("first missing"));
        List<EncryptedMessage> missing = new ArrayList<>();
        for (int i = 1; i < ReceivingChain.MAX_AHEAD; i++) {
            missing.add(alice.encrypt(bytes("missing")));
        }
        EncryptedMessage reachable = alice.encrypt(bytes("reachable"));
        EncryptedMessage next = alice.encrypt(bytes("too far"));
        assertThat(reason(bob, next)).isEqualTo(Reason.TOO_FAR_AHEAD);

        decrypted(bob, reachable);
        decrypted(bob, first);
        decrypted(bob, missing.getLast());
        decrypted(bob, next);
        assertThat(bob.session.encode().length).isLessThan(70_000);
    }

    @Test
    void keysOfMissingMessagesAreBoundedInEachChain() {
        establish();
        EncryptedMessage oldest = alice.encrypt(bytes("oldest"));
        EncryptedMessage second = alice.encrypt(bytes("second"));
        for (int i = 2; i <= SessionState.MAX_SKIPPED; i++) {
            alice.encrypt(bytes("lost"));
            if (i == 1000) {
                decrypted(bob, alice.encrypt(bytes("arrives")));
            }
        }
        decrypted(bob, alice.encrypt(bytes("arrives")));
        for (int round = 0; round < 2; round++) {
            decrypted(alice, bob.encrypt(bytes("answer")));
            for (int i = 0; i < 1000; i++) {
                alice.encrypt(bytes("lost"));
            }
            decrypted(bob, alice.encrypt(bytes("arrives")));
        }

        int kept = bob.session.active().orElseThrow().chains().stream()
                .mapToInt(chain -> chain.chain().skipped().size())
                .sum();

        assertThat(kept).isEqualTo(SessionState.MAX_SKIPPED + 2000);
        assertThat(reason(bob, oldest)).isEqualTo(Reason.DUPLICATE);
        decrypted(bob, second);
    }

    @Test
    void whatCanNotBeReadHasAReason() {
        establish();
        EncryptedMessage message = alice.encrypt(bytes("message"));
        Device carol = new Device(1003, random);
        assertThat(reason(carol, message)).isEqualTo(Reason.NO_SESSION);
        assertThat(reason(bob, new EncryptedMessage(EncryptedMessage.Kind.SESSION, new byte[0])))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(bob, new EncryptedMessage(EncryptedMessage.Kind.PREKEY, message.bytes())))
                .isEqualTo(Reason.MALFORMED);
        assertThat(reason(bob, new EncryptedMessage(EncryptedMessage.Kind.SENDER_KEY, message.bytes())))
                .isEqualTo(Reason.MALFORMED);

        carol.start(bob.bundle());
        EncryptedMessage fromCarol = carol.encrypt(bytes("hello"));
        assertThat(reason(alice, fromCarol)).isEqualTo(Reason.UNKNOWN_PREKEY);
        carol.start(alice.bundle(Optional.of(
                new PreKeyBundle.OneTimeKey(77, KeyPair.generate(random).publicKey()))));
        assertThat(reason(alice, carol.encrypt(bytes("hello")))).isEqualTo(Reason.UNKNOWN_PREKEY);

        bob.trustOnly(carol.identity().publicKey());
        assertThat(reason(bob, message)).isEqualTo(Reason.UNTRUSTED_IDENTITY);
        decrypted(bob, fromCarol);
        bob.trustOnly(alice.identity().publicKey());
        decrypted(bob, message);
    }

    @Test
    void sessionsThatBothStartedAtOnceBecomeOne() {
        alice.start(bob.bundle());
        bob.start(alice.bundle());
        EncryptedMessage fromAlice = alice.encrypt(bytes("from Alice"));
        EncryptedMessage fromBob = bob.encrypt(bytes("from Bob"));
        decrypted(bob, fromAlice);
        decrypted(alice, fromBob);

        for (int i = 0; i < 3; i++) {
            decrypted(bob, alice.encrypt(bytes("ping")));
            decrypted(alice, bob.encrypt(bytes("pong")));
        }

        assertThat(alice.session.active().orElseThrow().baseKey())
                .isEqualTo(bob.session.active().orElseThrow().baseKey());
    }

    @Test
    void aSessionThatTheOtherSideLostIsReplacedAndStillReadsWhatWasUnderWay() {
        establish();
        EncryptedMessage underWay = bob.encrypt(bytes("under way"));
        alice.session = alice.session.closed();
        assertThat(alice.session.isOpen()).isFalse();
        assertThatThrownBy(() -> alice.encrypt(bytes("no session"))).isInstanceOf(IllegalStateException.class);

        alice.start(bob.bundle());
        decrypted(bob, alice.encrypt(bytes("anew")));
        decrypted(alice, underWay);
    }

    @Test
    void afterABackupNothingIsSentByOldKeys() {
        establish();
        EncryptedMessage underWay = bob.encrypt(bytes("under way"));
        alice.session = SignalSession.decode(alice.session.receivingOnly().encode());

        assertThat(alice.session.isOpen()).isFalse();
        decrypted(alice, underWay);
        assertThat(alice.session.isOpen()).as("the same chain as before").isFalse();

        alice.start(bob.bundle());
        decrypted(alice, bob.encrypt(bytes("still by the old one")));
        assertThat(alice.session.isUnanswered())
                .as("what was started anew stays")
                .isTrue();
        decrypted(bob, alice.encrypt(bytes("by the new one")));
        decrypted(alice, bob.encrypt(bytes("answer")));
        assertThat(alice.session.isOpen()).isTrue();
    }

    @Test
    void aStepOfTheOtherSideOpensWhatCameFromABackup() {
        establish();
        decrypted(bob, alice.encrypt(bytes("a step for Bob")));
        alice.session = alice.session.receivingOnly();

        decrypted(alice, bob.encrypt(bytes("by a new key")));

        assertThat(alice.session.isOpen()).isTrue();
        decrypted(bob, alice.encrypt(bytes("by a new key too")));
    }

    @Test
    void fortyEarlierSessionsAreKept() {
        establish();
        EncryptedMessage ofTheFirst = bob.encrypt(bytes("of the first session"));
        for (int i = 0; i < SignalSession.MAX_ARCHIVED; i++) {
            alice.start(bob.bundle());
        }
        SignalSession full = alice.session;
        decrypted(alice, ofTheFirst);
        alice.session = full;
        alice.start(bob.bundle());

        assertThat(alice.session.archived()).hasSize(SignalSession.MAX_ARCHIVED);
        assertThat(reason(alice, ofTheFirst)).isEqualTo(Reason.NOT_AUTHENTIC);
    }

    @Test
    void anIdleSessionIsSmall() {
        establish();
        assertThat(alice.session.encode().length).isLessThan(300);
        for (int i = 0; i < 10; i++) {
            decrypted(bob, alice.encrypt(bytes("ping")));
            decrypted(alice, bob.encrypt(bytes("pong")));
        }
        assertThat(alice.session.encode().length).isLessThan(420);
    }

    @Test
    void tellsNoKey() {
        establish();
        assertThat(alice.session).hasToString("SignalSession[open, 0 archived]");
        assertThat(alice.encrypt(bytes("secret")).toString()).doesNotContain("secret");
    }

    private void establish() {
        alice.start(bob.bundle());
        decrypted(bob, alice.encrypt(bytes("hello")));
        decrypted(alice, bob.encrypt(bytes("hello too")));
    }

    private static Decryption.Decrypted<SignalSession> decrypted(Device device, EncryptedMessage message) {
        return switch (device.decrypt(message)) {
            case Decryption.Decrypted<SignalSession> decrypted -> decrypted;
            case Decryption.Failed<SignalSession> failed -> throw new AssertionError(failed);
        };
    }

    private static Reason reason(Device device, EncryptedMessage message) {
        return switch (device.decrypt(message)) {
            case Decryption.Decrypted<SignalSession> _ -> throw new AssertionError("it was read");
            case Decryption.Failed<SignalSession>(Reason reason) -> reason;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
