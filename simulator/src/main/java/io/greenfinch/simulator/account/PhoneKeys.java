package io.greenfinch.simulator.account;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.PreKey;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a phone, private halves included: what others encrypt for it can be decrypted here. Keys are made when they are first
 * needed, since most phones of a large world never need them.
 *
 * <p>Guarded by the world's lock. Of the one-time prekeys that were handed out the newest {@value #KEPT} are kept, so that a world in
 * which bundles are fetched for weeks does not grow for ever.
 */
public final class PhoneKeys {

    static final int KEPT = 4096;

    private static final int SIGNED_PRE_KEY = 1;

    private final SecureRandom random;
    private final int registrationId;
    private final long rawId;
    /** Private halves by id: a pair takes time to derive, and few are ever used. */
    private final SequencedMap<Integer, byte[]> preKeys;

    private @Nullable KeyPair identity;
    private @Nullable SignedPreKey signedPreKey;
    private int lastPreKey;

    PhoneKeys(SecureRandom random) {
        this.random = random;
        this.registrationId = 1 + random.nextInt(16380);
        this.rawId = random.nextInt() & 0xFFFFFFFFL;
        this.preKeys = new LinkedHashMap<>();
    }

    /** Keys as they were saved. */
    PhoneKeys(SecureRandom random, PhoneSnapshot saved) {
        this.random = random;
        this.registrationId = saved.registrationId();
        this.rawId = saved.rawId();
        this.lastPreKey = saved.lastPreKey();
        this.preKeys = new LinkedHashMap<>(saved.preKeys());
        byte[] key = saved.identity();
        identity = key == null ? null : KeyPair.ofPrivate(key);
        byte[] preKey = saved.signedPreKey();
        byte[] signature = saved.signedPreKeySignature();
        if (preKey != null && signature != null) {
            signedPreKey = new SignedPreKey(SIGNED_PRE_KEY, KeyPair.ofPrivate(preKey), signature);
        }
    }

    /** The present state of these keys, with that of the phone around them. */
    PhoneSnapshot snapshot(Phone phone) {
        KeyPair keys = identity;
        SignedPreKey preKey = signedPreKey;
        return new PhoneSnapshot(
                registrationId,
                rawId,
                keys == null ? null : keys.privateKey(),
                preKey == null ? null : preKey.keys().privateKey(),
                preKey == null ? null : preKey.signature(),
                lastPreKey,
                new LinkedHashMap<>(preKeys),
                phone.online(),
                WaitingStanza.in(phone.mailbox()));
    }

    public int registrationId() {
        return registrationId;
    }

    /** The account's random number inside ADV identities. */
    public long rawId() {
        return rawId;
    }

    /** The identity key pair, which is the key that signs the account's companions (specification §7.4). */
    public KeyPair identity() {
        KeyPair keys = identity;
        if (keys == null) {
            keys = KeyPair.generate(random);
            identity = keys;
        }
        return keys;
    }

    public SignedPreKey signedPreKey() {
        SignedPreKey key = signedPreKey;
        if (key == null) {
            key = SignedPreKey.generate(SIGNED_PRE_KEY, identity(), random);
            signedPreKey = key;
        }
        return key;
    }

    /** A fresh one-time prekey; a phone never runs out of them. */
    PublicPreKey takePreKey() {
        lastPreKey = PreKey.nextId(lastPreKey);
        KeyPair keys = KeyPair.generate(random);
        if (preKeys.size() >= KEPT) {
            preKeys.pollFirstEntry();
        }
        preKeys.putLast(lastPreKey, keys.privateKey());
        return new PublicPreKey(lastPreKey, keys.publicKey());
    }

    /** A one-time prekey that was handed out. */
    public Optional<KeyPair> preKey(int id) {
        return Optional.ofNullable(preKeys.get(id)).map(KeyPair::ofPrivate);
    }

    /** A one-time prekey started a session, and must start no other. */
    public void usedPreKey(int id) {
        preKeys.remove(id);
    }
}
