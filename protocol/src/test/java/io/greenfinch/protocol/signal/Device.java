package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.PreKey;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One side of a session in tests, with its keys in memory. */
final class Device implements SignalKeys {

    final LocalIdentity identity;
    SignalSession session = SignalSession.none();

    private final SecureRandom random;
    private final SignedPreKey signedPreKey;
    private final Map<Integer, KeyPair> preKeys = new HashMap<>();
    private int nextPreKey = 1;
    private Optional<byte[]> onlyTrusted = Optional.empty();

    Device(int registrationId, SecureRandom random) {
        this.random = random;
        this.identity = new LocalIdentity(KeyPair.generate(random), registrationId);
        this.signedPreKey = SignedPreKey.generate(7, identity.keys(), random);
    }

    /** A bundle with a one-time prekey that was not handed out before. */
    PreKeyBundle bundle() {
        PreKey preKey = PreKey.batch(nextPreKey++, 1, random).getFirst();
        preKeys.put(preKey.id(), preKey.keys());
        return bundle(Optional.of(
                new PreKeyBundle.OneTimeKey(preKey.id(), preKey.keys().publicKey())));
    }

    PreKeyBundle bundle(Optional<PreKeyBundle.OneTimeKey> preKey) {
        return new PreKeyBundle(
                identity.registrationId(),
                identity.keys().publicKey(),
                signedPreKey.id(),
                signedPreKey.keys().publicKey(),
                signedPreKey.signature(),
                preKey);
    }

    void trustOnly(byte[] identityKey) {
        onlyTrusted = Optional.of(identityKey);
    }

    /** Starts a session, even where there is one. */
    void start(PreKeyBundle bundle) {
        session = SessionCipher.start(session, bundle, identity.keys(), random).orElseThrow();
    }

    EncryptedMessage encrypt(byte[] plaintext) {
        Encrypted<SignalSession> encrypted = SessionCipher.encrypt(session, identity, plaintext);
        session = SignalSession.decode(encrypted.state().encode());
        return encrypted.message();
    }

    /** Decrypts, and keeps the state, which goes through its encoding as it does in a store. */
    Decryption<SignalSession> decrypt(EncryptedMessage message) {
        Decryption<SignalSession> decryption = SessionCipher.decrypt(session, message, this, random);
        if (decryption instanceof Decryption.Decrypted<SignalSession> decrypted) {
            decrypted.usedPreKey().ifPresent(preKeys::remove);
            session = SignalSession.decode(decrypted.state().encode());
        }
        return decryption;
    }

    @Override
    public KeyPair identity() {
        return identity.keys();
    }

    @Override
    public Optional<KeyPair> signedPreKey(int id) {
        return id == signedPreKey.id() ? Optional.of(signedPreKey.keys()) : Optional.empty();
    }

    @Override
    public Optional<KeyPair> preKey(int id) {
        return Optional.ofNullable(preKeys.get(id));
    }

    @Override
    public boolean trusts(byte[] identityKey) {
        return onlyTrusted.map(key -> Arrays.equals(key, identityKey)).orElse(true);
    }
}
