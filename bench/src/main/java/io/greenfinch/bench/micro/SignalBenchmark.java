package io.greenfinch.bench.micro;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.PreKey;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.Encrypted;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.LocalIdentity;
import io.greenfinch.protocol.signal.OwnSenderKey;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.ReceivedSenderKeys;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalKeys;
import io.greenfinch.protocol.signal.SignalSession;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each step of Signal, from one state to the next, with a message of 200 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignalBenchmark {

    private final SecureRandom random = new SecureRandom();
    private final byte[] plaintext = new byte[200];
    private final Device alice = new Device(random);
    private final Device bob = new Device(random);

    private final SignalSession started = SessionCipher.start(
                    SignalSession.none(), bob.bundle(), alice.identity(), random)
            .orElseThrow();
    private final Encrypted<SignalSession> start = SessionCipher.encrypt(started, alice.local(), plaintext);
    private final SignalSession accepted =
            state(SessionCipher.decrypt(SignalSession.none(), start.message(), bob, random));
    private final Encrypted<SignalSession> answer = SessionCipher.encrypt(accepted, bob.local(), plaintext);
    private final SignalSession established =
            state(SessionCipher.decrypt(start.state(), answer.message(), alice, random));
    private final EncryptedMessage next =
            SessionCipher.encrypt(answer.state(), bob.local(), plaintext).message();
    private final byte[] stored = established.encode();

    private final OwnSenderKey own = OwnSenderKey.generate(random);
    private final ReceivedSenderKeys received = ReceivedSenderKeys.none().with(own.distribution());
    private final EncryptedMessage toGroup = own.encrypt(plaintext, random).message();

    @Benchmark
    public Object startSession() {
        return SessionCipher.start(SignalSession.none(), bob.bundle(), alice.identity(), random);
    }

    @Benchmark
    public Object acceptSession() {
        return SessionCipher.decrypt(SignalSession.none(), start.message(), bob, random);
    }

    @Benchmark
    public Object encrypt() {
        return SessionCipher.encrypt(established, alice.local(), plaintext);
    }

    /** In a chain that is there. */
    @Benchmark
    public Object decrypt() {
        return SessionCipher.decrypt(established, next, alice, random);
    }

    /** The first message of a chain. */
    @Benchmark
    public Object decryptWithStep() {
        return SessionCipher.decrypt(start.state(), answer.message(), alice, random);
    }

    @Benchmark
    public byte[] encodeSession() {
        return established.encode();
    }

    @Benchmark
    public SignalSession decodeSession() {
        return SignalSession.decode(stored);
    }

    @Benchmark
    public Object encryptToGroup() {
        return own.encrypt(plaintext, random);
    }

    @Benchmark
    public Object decryptInGroup() {
        return received.decrypt(toGroup);
    }

    private static SignalSession state(Decryption<SignalSession> decryption) {
        return switch (decryption) {
            case Decryption.Decrypted<SignalSession> decrypted -> decrypted.state();
            case Decryption.Failed<SignalSession> failed -> throw new IllegalStateException(failed.toString());
        };
    }

    private record Device(LocalIdentity local, SignedPreKey signed, PreKey oneTime) implements SignalKeys {

        Device(SecureRandom random) {
            this(new LocalIdentity(KeyPair.generate(random), 1), random);
        }

        private Device(LocalIdentity local, SecureRandom random) {
            this(
                    local,
                    SignedPreKey.generate(1, local.keys(), random),
                    PreKey.batch(1, 1, random).getFirst());
        }

        PreKeyBundle bundle() {
            return new PreKeyBundle(
                    local.registrationId(),
                    local.keys().publicKey(),
                    signed.id(),
                    signed.keys().publicKey(),
                    signed.signature(),
                    Optional.of(new PreKeyBundle.OneTimeKey(
                            oneTime.id(), oneTime.keys().publicKey())));
        }

        @Override
        public KeyPair identity() {
            return local.keys();
        }

        @Override
        public Optional<KeyPair> signedPreKey(int id) {
            return Optional.of(signed.keys());
        }

        @Override
        public Optional<KeyPair> preKey(int id) {
            return Optional.of(oneTime.keys());
        }

        @Override
        public boolean trusts(byte[] identityKey) {
            return true;
        }
    }
}
