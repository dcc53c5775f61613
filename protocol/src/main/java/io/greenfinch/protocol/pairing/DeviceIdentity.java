package io.greenfinch.protocol.pairing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.XEdDsa;
import io.greenfinch.protocol.proto.AdvDeviceIdentity;
import io.greenfinch.protocol.proto.AdvEncryptionType;
import io.greenfinch.protocol.proto.AdvKeyIndexList;
import io.greenfinch.protocol.proto.AdvSignedDeviceIdentity;
import io.greenfinch.protocol.proto.AdvSignedDeviceIdentityHmac;
import io.greenfinch.protocol.proto.AdvSignedKeyIndexList;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The proof that a companion belongs to an account, "ADV" (specification §7.4): the phone issues it, the companion accepts
 * and countersigns it, and anybody can verify the result. Keys are raw.
 */
public final class DeviceIdentity {

    private static final byte[] ACCOUNT_SIGNATURE = {6, 0};
    private static final byte[] DEVICE_SIGNATURE = {6, 1};
    private static final byte[] KEY_INDEX_LIST = {6, 2};
    private static final byte[] HOSTED_ACCOUNT_SIGNATURE = {6, 5};
    private static final byte[] HOSTED_DEVICE_SIGNATURE = {6, 6};
    private static final byte[] HOSTED_KEY_INDEX_LIST = {6, 7};
    private static final byte[] NOTHING = {};

    private DeviceIdentity() {}

    /** What became of an identity that a companion was given. */
    public sealed interface Acceptance {

        /**
         * It is genuine. The arrays are read-only.
         *
         * @param keyIndex the companion's number in the account's key index list, for the reply's attribute
         * @param reply the countersigned identity to answer with, without the account's key
         * @param full the countersigned identity to keep and to attach to messages, with the account's key
         * @param accountSignatureKey the account's identity key
         */
        record Accepted(int keyIndex, byte[] reply, byte[] full, byte[] accountSignatureKey) implements Acceptance {

            @Override
            public boolean equals(Object other) {
                return other instanceof Accepted that && keyIndex == that.keyIndex && Arrays.equals(full, that.full);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(full);
            }

            @Override
            public String toString() {
                return "Accepted[key index " + keyIndex + "]";
            }
        }

        /**
         * It is not, and pairing must be refused with this error.
         *
         * @param code the error's code
         * @param text the error's text
         */
        record Rejected(int code, String text) implements Acceptance {}
    }

    /**
     * Issues an identity, as a phone does when it has scanned a QR code. Returns the content of pair-success's
     * device-identity.
     *
     * @param accountKey the phone's identity key pair
     * @param companionIdentity the companion's identity key
     * @param advSecret the secret of the QR code
     * @param rawId the account's number of its identity, unsigned
     * @param keyIndex the number this companion gets, from 1
     * @param hosted whether the account's keys are held by a business host
     */
    public static byte[] issue(
            KeyPair accountKey,
            byte[] companionIdentity,
            byte[] advSecret,
            long rawId,
            Instant timestamp,
            int keyIndex,
            SecureRandom random,
            boolean hosted) {
        AdvEncryptionType type = hosted ? AdvEncryptionType.HOSTED : AdvEncryptionType.E2EE;
        byte[] details = AdvDeviceIdentity.newBuilder()
                .setRawId((int) rawId)
                .setTimestamp(timestamp.getEpochSecond())
                .setKeyIndex(keyIndex)
                .setAccountType(type)
                .setDeviceType(type)
                .build()
                .toByteArray();
        byte[] prefix = hosted ? HOSTED_ACCOUNT_SIGNATURE : ACCOUNT_SIGNATURE;
        byte[] signed = AdvSignedDeviceIdentity.newBuilder()
                .setDetails(ByteString.copyFrom(details))
                .setAccountSignatureKey(ByteString.copyFrom(accountKey.publicKey()))
                .setAccountSignature(
                        ByteString.copyFrom(accountKey.sign(concat(prefix, details, companionIdentity), random)))
                .build()
                .toByteArray();
        AdvSignedDeviceIdentityHmac.Builder container = AdvSignedDeviceIdentityHmac.newBuilder()
                .setDetails(ByteString.copyFrom(signed))
                .setHmac(ByteString.copyFrom(hmac(advSecret, hosted, signed)));
        if (hosted) {
            container.setAccountType(type);
        }
        return container.build().toByteArray();
    }

    /**
     * Checks the identity that a companion was given, and countersigns it. Never throws on foreign bytes.
     *
     * @param signedIdentityHmac the content of pair-success's device-identity
     * @param advSecret the secret of our QR code
     * @param companionIdentity our identity key pair
     */
    public static Acceptance accept(
            byte[] signedIdentityHmac, byte[] advSecret, KeyPair companionIdentity, SecureRandom random) {
        try {
            AdvSignedDeviceIdentityHmac container = AdvSignedDeviceIdentityHmac.parseFrom(signedIdentityHmac);
            boolean hosted = container.getAccountType() == AdvEncryptionType.HOSTED;
            byte[] signed = container.getDetails().toByteArray();
            if (!MessageDigest.isEqual(
                    hmac(advSecret, hosted, signed), container.getHmac().toByteArray())) {
                return new Acceptance.Rejected(401, "hmac-mismatch");
            }
            AdvSignedDeviceIdentity identity = AdvSignedDeviceIdentity.parseFrom(signed);
            byte[] accountKey = identity.getAccountSignatureKey().toByteArray();
            if (!isSignedByAccount(identity, hosted, accountKey, companionIdentity.publicKey())) {
                return new Acceptance.Rejected(401, "signature-mismatch");
            }
            byte[] details = identity.getDetails().toByteArray();
            byte[] message = concat(DEVICE_SIGNATURE, details, companionIdentity.publicKey(), accountKey);
            AdvSignedDeviceIdentity full = identity.toBuilder()
                    .setDeviceSignature(ByteString.copyFrom(companionIdentity.sign(message, random)))
                    .build();
            byte[] reply = full.toBuilder().clearAccountSignatureKey().build().toByteArray();
            int keyIndex = AdvDeviceIdentity.parseFrom(details).getKeyIndex();
            return new Acceptance.Accepted(keyIndex, reply, full.toByteArray(), accountKey);
        } catch (InvalidProtocolBufferException e) {
            return new Acceptance.Rejected(500, "internal-error");
        }
    }

    /**
     * True when the identity is signed by the account and countersigned by the companion. Never throws on foreign bytes.
     *
     * @param signedIdentity an identity with or without the account's key in it; one that is there must be the given one
     * @param accountKey the account's identity key
     * @param companionIdentity the companion's identity key
     */
    public static boolean verify(byte[] signedIdentity, byte[] accountKey, byte[] companionIdentity) {
        try {
            AdvSignedDeviceIdentity identity = AdvSignedDeviceIdentity.parseFrom(signedIdentity);
            byte[] named = identity.getAccountSignatureKey().toByteArray();
            if (named.length > 0 && !Arrays.equals(named, accountKey)) {
                return false;
            }
            return isSignedByAccount(identity, false, accountKey, companionIdentity)
                    && isSignedByDevice(identity, accountKey, companionIdentity);
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /**
     * The account's signed list of valid key indexes, served in key-index-list (specification §7.4, §13).
     *
     * @param currentIndex the highest index given so far
     * @param valid the indexes of the devices that are linked
     * @param hosted whether the account's keys are held by a business host
     */
    public static byte[] keyIndexList(
            KeyPair accountKey,
            long rawId,
            Instant timestamp,
            int currentIndex,
            List<Integer> valid,
            SecureRandom random,
            boolean hosted) {
        byte[] details = AdvKeyIndexList.newBuilder()
                .setRawId((int) rawId)
                .setTimestamp(timestamp.getEpochSecond())
                .setCurrentIndex(currentIndex)
                .addAllValidIndexes(valid)
                .setAccountType(hosted ? AdvEncryptionType.HOSTED : AdvEncryptionType.E2EE)
                .build()
                .toByteArray();
        byte[] prefix = hosted ? HOSTED_KEY_INDEX_LIST : KEY_INDEX_LIST;
        return AdvSignedKeyIndexList.newBuilder()
                .setDetails(ByteString.copyFrom(details))
                .setAccountSignature(ByteString.copyFrom(accountKey.sign(concat(prefix, details), random)))
                .setAccountSignatureKey(ByteString.copyFrom(accountKey.publicKey()))
                .build()
                .toByteArray();
    }

    /** Clients differ in where they look for "hosted": in the container, or in the identity itself. Either will do. */
    private static boolean isSignedByAccount(
            AdvSignedDeviceIdentity identity, boolean containerHosted, byte[] accountKey, byte[] companionIdentity)
            throws InvalidProtocolBufferException {
        byte[] prefix = containerHosted || isHosted(identity) ? HOSTED_ACCOUNT_SIGNATURE : ACCOUNT_SIGNATURE;
        return XEdDsa.verify(
                accountKey,
                concat(prefix, identity.getDetails().toByteArray(), companionIdentity),
                identity.getAccountSignature().toByteArray());
    }

    private static boolean isSignedByDevice(
            AdvSignedDeviceIdentity identity, byte[] accountKey, byte[] companionIdentity)
            throws InvalidProtocolBufferException {
        byte[] rest = concat(identity.getDetails().toByteArray(), companionIdentity, accountKey);
        byte[] signature = identity.getDeviceSignature().toByteArray();
        // Companions sign with the plain prefix even when hosted; hosts themselves have their own.
        return XEdDsa.verify(companionIdentity, concat(DEVICE_SIGNATURE, rest), signature)
                || (isHosted(identity)
                        && XEdDsa.verify(companionIdentity, concat(HOSTED_DEVICE_SIGNATURE, rest), signature));
    }

    private static boolean isHosted(AdvSignedDeviceIdentity identity) throws InvalidProtocolBufferException {
        return AdvDeviceIdentity.parseFrom(identity.getDetails()).getDeviceType() == AdvEncryptionType.HOSTED;
    }

    private static byte[] hmac(byte[] secret, boolean hosted, byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(hosted ? HOSTED_ACCOUNT_SIGNATURE : NOTHING);
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no HMAC-SHA256", e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
