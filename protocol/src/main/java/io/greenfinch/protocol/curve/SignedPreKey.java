package io.greenfinch.protocol.curve;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A prekey signed by the identity key (specification §11.1).
 *
 * @param id its number, 1…2^24-1
 * @param keys its key pair
 * @param signature the identity key's signature over the serialized public key, 64 bytes; read-only
 */
public record SignedPreKey(int id, KeyPair keys, byte[] signature) {

    public SignedPreKey {
        PreKey.requireId(id);
        if (signature.length != XEdDsa.SIGNATURE_LENGTH) {
            throw new IllegalArgumentException("a signature of " + signature.length + " bytes");
        }
    }

    /** A new signed prekey of the owner of {@code identity}. */
    public static SignedPreKey generate(int id, KeyPair identity, SecureRandom random) {
        KeyPair keys = KeyPair.generate(random);
        return new SignedPreKey(id, keys, identity.sign(PublicKeys.serialized(keys.publicKey()), random));
    }

    /** True when {@code signature} is that of {@code identityKey} over {@code publicKey}; both keys raw. */
    public static boolean verify(byte[] identityKey, byte[] publicKey, byte[] signature) {
        return publicKey.length == KeyPair.KEY_LENGTH
                && XEdDsa.verify(identityKey, PublicKeys.serialized(publicKey), signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedPreKey that
                && id == that.id
                && keys.equals(that.keys)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, keys, Arrays.hashCode(signature));
    }

    @Override
    public String toString() {
        return "SignedPreKey[" + id + ", " + keys + ", signature "
                + HexFormat.of().formatHex(signature) + "]";
    }
}
