package io.greenfinch.simulator.account;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A simulated phone, device 0 of its account. Its identity key is the key that signs the account's companions (specification
 * §7.4). Keys are made when they are first needed, since most phones of a large world never need them.
 *
 * <p>Guarded by the world's lock.
 */
public final class Phone {

    private final SecureRandom random;
    private int registrationId;
    private long rawId;
    private @Nullable KeyPair identity;
    private @Nullable SignedPreKey signedPreKey;
    private int lastPreKey;
    private boolean online;

    Phone(SecureRandom random) {
        this.random = random;
        this.registrationId = newRegistrationId();
        this.rawId = newRawId();
        this.online = true;
    }

    /** A phone as it was saved. */
    Phone(SecureRandom random, PhoneState state) {
        this.random = random;
        this.registrationId = state.registrationId();
        this.rawId = state.rawId();
        this.lastPreKey = state.lastPreKey();
        this.online = state.online();
        byte[] key = state.identity();
        identity = key == null ? null : KeyPair.ofPrivate(key);
        byte[] preKey = state.signedPreKey();
        byte[] signature = state.signedPreKeySignature();
        if (preKey != null && signature != null) {
            signedPreKey = new SignedPreKey(1, KeyPair.ofPrivate(preKey), signature);
        }
    }

    private int newRegistrationId() {
        return 1 + random.nextInt(16380);
    }

    private long newRawId() {
        return random.nextInt() & 0xFFFFFFFFL;
    }

    /** Another phone, or the same one after WhatsApp was installed anew: all keys are others (specification §12.4). */
    void registerAnew() {
        registrationId = newRegistrationId();
        rawId = newRawId();
        identity = null;
        signedPreKey = null;
        lastPreKey = 0;
    }

    /** The present state, private keys included. */
    PhoneState state() {
        KeyPair keys = identity;
        SignedPreKey preKey = signedPreKey;
        return new PhoneState(
                registrationId,
                rawId,
                keys == null ? null : keys.privateKey(),
                preKey == null ? null : preKey.keys().privateKey(),
                preKey == null ? null : preKey.signature(),
                lastPreKey,
                online);
    }

    public int registrationId() {
        return registrationId;
    }

    /** The account's random number inside ADV identities. */
    public long rawId() {
        return rawId;
    }

    /** The identity key pair, which is the account key. */
    public KeyPair identity() {
        KeyPair keys = identity;
        if (keys == null) {
            keys = KeyPair.generate(random);
            identity = keys;
        }
        return keys;
    }

    /** The public half of the signed prekey. */
    public SignedKey signedPreKey() {
        SignedPreKey key = signedPreKey;
        if (key == null) {
            key = SignedPreKey.generate(1, identity(), random);
            signedPreKey = key;
        }
        return new SignedKey(key.id(), key.keys().publicKey(), key.signature());
    }

    /** A fresh one-time prekey; a phone never runs out of them. */
    public PreKey takePreKey() {
        lastPreKey++;
        return new PreKey(lastPreKey, KeyPair.generate(random).publicKey());
    }

    /** Whether the phone has a network. An offline phone sees what happened when it is online again. */
    public boolean online() {
        return online;
    }

    public void online(boolean value) {
        online = value;
    }
}
