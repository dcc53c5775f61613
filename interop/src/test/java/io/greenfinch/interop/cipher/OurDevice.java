package io.greenfinch.interop.cipher;

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
import io.greenfinch.protocol.signal.SenderKeyDistribution;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalKeys;
import io.greenfinch.protocol.signal.SignalSession;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Our side, with states that go through their encoding as they do in a store. */
final class OurDevice implements SignalKeys {

    private final SecureRandom random = new SecureRandom();
    private final LocalIdentity identity = new LocalIdentity(KeyPair.generate(random), 1 + random.nextInt(16380));
    private final SignedPreKey signed = SignedPreKey.generate(1, identity.keys(), random);
    private final Map<Integer, KeyPair> preKeys = new HashMap<>();
    private int lastPreKey;
    private SignalSession session = SignalSession.none();
    private OwnSenderKey own = OwnSenderKey.generate(random);
    private ReceivedSenderKeys received = ReceivedSenderKeys.none();

    PreKeyBundle bundle() {
        PreKey key = PreKey.batch(++lastPreKey, 1, random).getFirst();
        preKeys.put(key.id(), key.keys());
        return new PreKeyBundle(
                identity.registrationId(),
                identity.keys().publicKey(),
                signed.id(),
                signed.keys().publicKey(),
                signed.signature(),
                Optional.of(new PreKeyBundle.OneTimeKey(key.id(), key.keys().publicKey())));
    }

    void start(PreKeyBundle theirs) {
        session = SessionCipher.start(session, theirs, identity.keys(), random)
                .orElseThrow(() -> new AssertionError("the bundle is not genuine"));
    }

    boolean isOpen() {
        return session.isOpen();
    }

    EncryptedMessage encrypt(byte[] plain) {
        Encrypted<SignalSession> encrypted = SessionCipher.encrypt(session, identity, plain);
        session = SignalSession.decode(encrypted.state().encode());
        return encrypted.message();
    }

    Decryption<?> decrypt(EncryptedMessage message) {
        byte[] before = session.encode();
        Decryption<SignalSession> decryption = SessionCipher.decrypt(session, message, this, random);
        switch (decryption) {
            case Decryption.Decrypted<SignalSession> decrypted -> {
                decrypted.usedPreKey().ifPresent(preKeys::remove);
                session = SignalSession.decode(decrypted.state().encode());
            }
            case Decryption.Failed<SignalSession> _ -> {
                if (!session.equals(SignalSession.decode(before))) {
                    throw new AssertionError("a failure changed the session");
                }
            }
        }
        return decryption;
    }

    SenderKeyDistribution rotate() {
        own = OwnSenderKey.generate(random);
        return own.distribution();
    }

    void told(byte[] distribution) {
        received = received.with(SenderKeyDistribution.parse(distribution).orElseThrow());
    }

    EncryptedMessage encryptToGroup(byte[] plain) {
        Encrypted<OwnSenderKey> encrypted = own.encrypt(plain, random);
        own = OwnSenderKey.decode(encrypted.state().encode());
        return encrypted.message();
    }

    Decryption<?> decryptInGroup(EncryptedMessage message) {
        Decryption<ReceivedSenderKeys> decryption = received.decrypt(message);
        if (decryption instanceof Decryption.Decrypted<ReceivedSenderKeys> decrypted) {
            received = ReceivedSenderKeys.decode(decrypted.state().encode());
        }
        return decryption;
    }

    @Override
    public KeyPair identity() {
        return identity.keys();
    }

    @Override
    public Optional<KeyPair> signedPreKey(int id) {
        return id == signed.id() ? Optional.of(signed.keys()) : Optional.empty();
    }

    @Override
    public Optional<KeyPair> preKey(int id) {
        return Optional.ofNullable(preKeys.get(id));
    }

    @Override
    public boolean trusts(byte[] identityKey) {
        return true;
    }
}
