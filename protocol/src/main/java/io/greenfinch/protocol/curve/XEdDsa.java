package io.greenfinch.protocol.curve;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * XEdDSA: Ed25519 signatures under Curve25519 keys, as Signal published it.
 *
 * <p>Two conventions for the sign of the public key's Edwards point are about. XEdDSA takes the point with sign 0 and
 * negates the private scalar where needed; the older one leaves the scalar and puts the sign on top of the signature's
 * last byte. Our signatures follow the first, which makes them valid under both; {@link #verify} takes either.
 */
public final class XEdDsa {

    /** The length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    static final int NONCE_LENGTH = 64;

    private static final int HALF = SIGNATURE_LENGTH / 2;

    private XEdDsa() {}

    /**
     * True when {@code signature} is one of {@code message} by the owner of {@code publicKey} (raw). Never throws: foreign
     * bytes of any length and kind are just not a signature.
     */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != KeyPair.KEY_LENGTH || signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        int[] u = X25519Field.create();
        X25519Field.decode255(publicKey, u);
        if (!isCanonical(u, publicKey)) {
            return false;
        }
        byte[] edwards = edwards(u);
        byte[] plain = signature.clone();
        edwards[HALF - 1] |= (byte) (signature[SIGNATURE_LENGTH - 1] & 0x80);
        plain[SIGNATURE_LENGTH - 1] &= 0x7F;
        // Refuses points off the curve and of small order, and a response that isn't reduced.
        return Ed25519.verify(plain, 0, edwards, 0, message, 0, message.length);
    }

    /** Signs; {@code nonce} are 64 random bytes, which also keep the signature from depending on the message alone. */
    static byte[] sign(byte[] privateKey, byte[] message, byte[] nonce) {
        byte[] scalar = privateKey.clone();
        X25519.clampPrivateKey(scalar);
        byte[] key = EdwardsPoint.baseMultiple(scalar).encode();
        int sign = (key[HALF - 1] >> 7) & 1;
        key[HALF - 1] &= 0x7F;
        byte[] secret = Scalars.negateIf(sign, Scalars.reduce(scalar));

        byte[] prefix = new byte[HALF];
        Arrays.fill(prefix, (byte) 0xFF);
        prefix[0] = (byte) 0xFE;
        byte[] r = Scalars.reduce(sha512(prefix, secret, message, nonce));
        byte[] commitment = EdwardsPoint.baseMultiple(r).encode();
        byte[] challenge = Scalars.reduce(sha512(commitment, key, message));
        byte[] response = Scalars.multiplyAdd(challenge, secret, r);
        Arrays.fill(scalar, (byte) 0);
        Arrays.fill(secret, (byte) 0);

        byte[] signature = Arrays.copyOf(commitment, SIGNATURE_LENGTH);
        System.arraycopy(response, 0, signature, HALF, HALF);
        return signature;
    }

    /** The y-coordinate (u - 1) / (u + 1) of the Edwards point that belongs to a Montgomery u-coordinate, encoded. */
    private static byte[] edwards(int[] u) {
        int[] below = u.clone();
        X25519Field.subOne(below);
        int[] above = u.clone();
        X25519Field.addOne(above);
        int[] y = X25519Field.create();
        X25519Field.inv(above, y);
        X25519Field.mul(below, y, y);
        X25519Field.normalize(y);
        byte[] encoded = new byte[KeyPair.KEY_LENGTH];
        X25519Field.encode(y, encoded, 0);
        return encoded;
    }

    private static boolean isCanonical(int[] u, byte[] encoded) {
        int[] normal = u.clone();
        X25519Field.normalize(normal);
        byte[] again = new byte[KeyPair.KEY_LENGTH];
        X25519Field.encode(normal, again, 0);
        return Arrays.equals(again, encoded);
    }

    private static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no SHA-512", e);
        }
    }
}
