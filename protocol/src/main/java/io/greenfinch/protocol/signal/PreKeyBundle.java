package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.SignedPreKey;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a session with a device can be started from (specification §12.3). Keys are raw, arrays read-only.
 *
 * @param registrationId the number of its installation
 * @param identityKey its identity key
 * @param signedPreKeyId the number of its signed prekey
 * @param signedPreKey its signed prekey
 * @param signature the identity key's signature over the signed prekey
 * @param preKey a one-time prekey, when there was one left
 */
public record PreKeyBundle(
        int registrationId,
        byte[] identityKey,
        int signedPreKeyId,
        byte[] signedPreKey,
        byte[] signature,
        Optional<OneTimeKey> preKey) {

    /**
     * A one-time prekey of another device.
     *
     * @param id its number
     * @param publicKey the key, raw; read-only
     */
    public record OneTimeKey(int id, byte[] publicKey) {

        @Override
        public boolean equals(Object other) {
            return other instanceof OneTimeKey that && id == that.id && Arrays.equals(publicKey, that.publicKey);
        }

        @Override
        public int hashCode() {
            return Objects.hash(id, Arrays.hashCode(publicKey));
        }
    }

    /** Whether the signature is that of the identity key. */
    boolean isGenuine() {
        return SignedPreKey.verify(identityKey, signedPreKey, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PreKeyBundle that
                && registrationId == that.registrationId
                && Arrays.equals(identityKey, that.identityKey)
                && signedPreKeyId == that.signedPreKeyId
                && Arrays.equals(signedPreKey, that.signedPreKey)
                && Arrays.equals(signature, that.signature)
                && preKey.equals(that.preKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(registrationId, Arrays.hashCode(identityKey), Arrays.hashCode(signedPreKey), preKey);
    }
}
