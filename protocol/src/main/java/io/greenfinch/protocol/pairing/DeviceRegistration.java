package io.greenfinch.protocol.pairing;

import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.PreKey;
import io.greenfinch.protocol.curve.SignedPreKey;
import io.greenfinch.protocol.curve.XEdDsa;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What a companion tells of itself when it registers ({@code devicePairingData}, specification §4). Public keys only, raw;
 * the arrays are read-only.
 *
 * @param registrationId its Signal registration id, as unsigned 32 bits
 * @param identityKey its identity key
 * @param signedPreKeyId the id of its signed prekey, 1…2^24-1
 * @param signedPreKey its signed prekey
 * @param signedPreKeySignature the identity key's signature over it
 * @param buildHash MD5 of the claimed version
 * @param os the name that phones show for the device
 * @param platformType the icon that phones show: Chrome 1, Firefox 2, Safari 5, Edge 6, desktop 7 (specification §31.3)
 */
public record DeviceRegistration(
        int registrationId,
        byte[] identityKey,
        int signedPreKeyId,
        byte[] signedPreKey,
        byte[] signedPreKeySignature,
        byte[] buildHash,
        String os,
        int platformType) {

    public DeviceRegistration {
        requireLength("identity key", identityKey, KeyPair.KEY_LENGTH);
        requireLength("signed prekey", signedPreKey, KeyPair.KEY_LENGTH);
        requireLength("signature", signedPreKeySignature, XEdDsa.SIGNATURE_LENGTH);
        if (signedPreKeyId < 0 || signedPreKeyId > PreKey.MAX_ID) {
            throw new IllegalArgumentException("signed prekey id " + signedPreKeyId);
        }
    }

    /** The registration of a companion with these keys. */
    public static DeviceRegistration of(
            int registrationId,
            KeyPair identity,
            SignedPreKey signedPreKey,
            AppVersion version,
            String os,
            int platformType) {
        return new DeviceRegistration(
                registrationId,
                identity.publicKey(),
                signedPreKey.id(),
                signedPreKey.keys().publicKey(),
                signedPreKey.signature(),
                version.buildHash(),
                os,
                platformType);
    }

    /** True when the signed prekey really is signed by the identity key. */
    public boolean isSignatureValid() {
        return SignedPreKey.verify(identityKey, signedPreKey, signedPreKeySignature);
    }

    private static void requireLength(String what, byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(what + " of " + bytes.length + " bytes");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceRegistration that
                && registrationId == that.registrationId
                && Arrays.equals(identityKey, that.identityKey)
                && signedPreKeyId == that.signedPreKeyId
                && Arrays.equals(signedPreKey, that.signedPreKey)
                && Arrays.equals(signedPreKeySignature, that.signedPreKeySignature)
                && Arrays.equals(buildHash, that.buildHash)
                && os.equals(that.os)
                && platformType == that.platformType;
    }

    @Override
    public int hashCode() {
        return Objects.hash(registrationId, Arrays.hashCode(identityKey), signedPreKeyId, os);
    }

    @Override
    public String toString() {
        return "DeviceRegistration[" + Integer.toUnsignedString(registrationId) + ", identity "
                + HexFormat.of().formatHex(identityKey) + ", os " + os + "]";
    }
}
