package io.greenfinch.protocol.curve;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/**
 * A Curve25519 key pair, used for agreement (X25519, RFC 7748) and for signatures (XEdDSA) alike. Keys are raw 32 bytes,
 * without the type byte of {@link PublicKeys#serialized}.
 *
 * <p>Immutable and thread-safe. Two pairs are equal when their public keys are. {@link #toString()} shows the public key
 * only.
 */
public final class KeyPair {

    /** The length of a private key and of a public key in bytes. */
    public static final int KEY_LENGTH = 32;

    private final byte[] privateKey;

    /** Computed when it is first needed, which for a pair out of the store may be never. */
    private volatile byte @Nullable [] publicKey;

    private KeyPair(byte[] privateKey, byte @Nullable [] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new key pair. The private key is stored clamped, as other implementations of the protocol expect it. */
    public static KeyPair generate(SecureRandom random) {
        byte[] key = new byte[KEY_LENGTH];
        X25519.generatePrivateKey(random, key);
        return new KeyPair(key, null);
    }

    /**
     * The key pair of a private key that was generated before.
     *
     * @throws IllegalArgumentException when it hasn't 32 bytes
     */
    public static KeyPair ofPrivate(byte[] privateKey) {
        if (privateKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a private key of " + privateKey.length + " bytes");
        }
        return new KeyPair(privateKey.clone(), null);
    }

    /**
     * The key pair of which both keys were kept, without computing the public one again.
     *
     * @throws IllegalArgumentException when either hasn't 32 bytes
     */
    public static KeyPair ofKept(byte[] privateKey, byte[] publicKey) {
        if (privateKey.length != KEY_LENGTH || publicKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException("keys of " + privateKey.length + " and " + publicKey.length + " bytes");
        }
        return new KeyPair(privateKey.clone(), publicKey.clone());
    }

    /** The public key, raw, as a copy. */
    public byte[] publicKey() {
        return known().clone();
    }

    private byte[] known() {
        byte[] known = publicKey;
        if (known == null) {
            known = new byte[KEY_LENGTH];
            X25519.generatePublicKey(privateKey, 0, known, 0);
            publicKey = known;
        }
        return known;
    }

    /** The private key, raw, as a copy. */
    public byte[] privateKey() {
        return privateKey.clone();
    }

    /**
     * The secret shared with the owner of {@code theirPublicKey}, 32 bytes.
     *
     * @throws InvalidKeyException when the key hasn't 32 bytes or is of small order, which would make the secret known to
     *     everybody
     */
    public byte[] agree(byte[] theirPublicKey) {
        if (theirPublicKey.length != KEY_LENGTH) {
            throw new InvalidKeyException("a public key of " + theirPublicKey.length + " bytes");
        }
        byte[] secret = new byte[KEY_LENGTH];
        if (!X25519.calculateAgreement(privateKey, 0, theirPublicKey, 0, secret, 0)) {
            throw new InvalidKeyException("a public key of small order");
        }
        return secret;
    }

    /** Signs with XEdDSA: 64 bytes that {@link XEdDsa#verify} accepts under this pair's public key. */
    public byte[] sign(byte[] message, SecureRandom random) {
        byte[] nonce = new byte[XEdDsa.NONCE_LENGTH];
        random.nextBytes(nonce);
        return XEdDsa.sign(privateKey, message, nonce);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPair pair && Arrays.equals(known(), pair.known());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(known());
    }

    @Override
    public String toString() {
        return "KeyPair[public " + HexFormat.of().formatHex(known()) + "]";
    }
}
