package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.signal.Decryption;
import io.greenfinch.protocol.signal.Encrypted;
import io.greenfinch.protocol.signal.EncryptedMessage;
import io.greenfinch.protocol.signal.LocalIdentity;
import io.greenfinch.protocol.signal.PreKeyBundle;
import io.greenfinch.protocol.signal.SessionCipher;
import io.greenfinch.protocol.signal.SignalKeys;
import io.greenfinch.protocol.signal.SignalSession;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.Phone;
import io.greenfinch.simulator.account.PhoneKeys;
import io.greenfinch.simulator.account.PublicSignedPreKey;
import io.greenfinch.simulator.notification.LowPreKeys;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The Signal sessions of one phone with other devices (specification §11). It trusts the identity key under which the service knows a
 * device, and a companion that starts a session only with the account's signature under its identity (§7.4). Sessions are gone when the
 * simulator ends; the retries of both sides start others. Guarded by the world's lock.
 */
final class PhoneSessions {

    private static final int KEPT = 5000;

    private final LowPreKeys low;
    private final IdentityProofs proofs;
    private final SecureRandom random;
    private final RecentMap<Device, SignalSession> sessions = new RecentMap<>(KEPT);
    private final PhoneKeys keys;

    PhoneSessions(Phone phone, PhoneTools tools) {
        this.low = tools.low();
        this.proofs = tools.proofs();
        this.random = tools.random();
        this.keys = phone.keys();
    }

    /** Encrypts a padded message for a device, with which a session is started if there is none; empty when its keys are not genuine. */
    Optional<EncryptedMessage> encrypt(Device to, byte[] padded) {
        Optional<SignalSession> session = sessions.get(to)
                .filter(SignalSession::isOpen)
                .filter(open -> open.remoteIdentity()
                        .filter(identity -> Arrays.equals(identity, to.identityKey()))
                        .isPresent())
                .or(() -> start(to, bundle(to)));
        return session.map(open -> {
            Encrypted<SignalSession> encrypted =
                    SessionCipher.encrypt(open, new LocalIdentity(keys.identity(), keys.registrationId()), padded);
            sessions.put(to, encrypted.state());
            return encrypted.message();
        });
    }

    /** Starts another session with a device, from the keys that it sent, else from those that it left with the service. */
    void restart(Device to, Optional<PreKeyBundle> sent) {
        start(to, sent.orElseGet(() -> bundle(to)));
    }

    private Optional<SignalSession> start(Device to, PreKeyBundle bundle) {
        Optional<SignalSession> started =
                SessionCipher.start(sessions.get(to).orElse(SignalSession.none()), bundle, keys.identity(), random);
        started.ifPresent(session -> sessions.put(to, session));
        return started;
    }

    private PreKeyBundle bundle(Device device) {
        Optional<PreKeyBundle.OneTimeKey> preKey =
                device.takePreKey().map(key -> new PreKeyBundle.OneTimeKey(key.id(), key.key()));
        low.check(device);
        PublicSignedPreKey signed = device.signedPreKey();
        return new PreKeyBundle(
                device.registrationId(), device.identityKey(), signed.id(), signed.key(), signed.signature(), preKey);
    }

    /**
     * Decrypts a message of a device.
     *
     * @param identity the proof that came with it
     */
    Decryption<SignalSession> decrypt(Device from, EncryptedMessage message, Optional<byte[]> identity) {
        SignalSession session = sessions.get(from).orElse(SignalSession.none());
        Decryption<SignalSession> decryption =
                SessionCipher.decrypt(session, message, new Keys(from, message.kind(), identity), random);
        if (decryption instanceof Decryption.Decrypted<SignalSession> decrypted) {
            sessions.put(from, decrypted.state());
            decrypted.usedPreKey().ifPresent(keys::usedPreKey);
        }
        return decryption;
    }

    private final class Keys implements SignalKeys {

        private final Device from;
        private final EncryptedMessage.Kind kind;
        private final Optional<byte[]> proof;

        Keys(Device from, EncryptedMessage.Kind kind, Optional<byte[]> proof) {
            this.from = from;
            this.kind = kind;
            this.proof = proof;
        }

        @Override
        public KeyPair identity() {
            return keys.identity();
        }

        @Override
        public Optional<KeyPair> signedPreKey(int id) {
            SignedPreKey key = keys.signedPreKey();
            return id == key.id() ? Optional.of(key.keys()) : Optional.empty();
        }

        @Override
        public Optional<KeyPair> preKey(int id) {
            return keys.preKey(id);
        }

        @Override
        public boolean trusts(byte[] identityKey) {
            if (!Arrays.equals(identityKey, from.identityKey())) {
                return false;
            }
            if (!(from instanceof Companion companion) || kind != EncryptedMessage.Kind.PREKEY) {
                return true;
            }
            return proof.filter(signed -> proofs.genuine(companion, signed)).isPresent();
        }
    }
}
