package io.greenfinch.protocol.appstate;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The MACs of the app state (specification §23.2). */
final class AppStateMacs {

    /** The length of each in bytes. */
    static final int LENGTH = 32;

    private static final String SHA_256 = "HmacSHA256";
    private static final String SHA_512 = "HmacSHA512";

    private AppStateMacs() {}

    static ByteString ofIndex(AppStateKey key, byte[] json) {
        return ByteString.copyFrom(mac(SHA_256, key.ofIndexes(), ByteString.copyFrom(json)));
    }

    /** Of an encrypted value, its vector included. */
    static ByteString ofValue(AppStateKey key, boolean removal, ByteString content) {
        byte[] operation = {(byte) (removal ? 2 : 1)};
        ByteString id = ByteString.copyFrom(key.id());
        byte[] mac =
                mac(SHA_512, key.ofValueMacs(), ByteString.copyFrom(operation), id, content, number(id.size() + 1));
        return ByteString.copyFrom(mac, 0, LENGTH);
    }

    /** Of a collection as a whole. */
    static ByteString ofSnapshot(AppStateKey key, AppStateCollection collection, CollectionState state) {
        return ByteString.copyFrom(mac(
                SHA_256,
                key.ofSnapshots(),
                ByteString.copyFrom(state.hash().bytes()),
                number(state.version()),
                name(collection)));
    }

    static ByteString ofPatch(
            AppStateKey key,
            AppStateCollection collection,
            long version,
            ByteString snapshotMac,
            List<ByteString> valueMacs) {
        return ByteString.copyFrom(mac(
                SHA_256,
                key.ofPatches(),
                snapshotMac,
                ByteString.copyFrom(valueMacs),
                number(version),
                name(collection)));
    }

    /** Compares in a time that doesn't tell how much of it is right. */
    static boolean same(ByteString one, ByteString other) {
        return MessageDigest.isEqual(one.toByteArray(), other.toByteArray());
    }

    private static ByteString number(long number) {
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    }

    private static ByteString name(AppStateCollection collection) {
        return ByteString.copyFrom(collection.wireName(), StandardCharsets.US_ASCII);
    }

    private static byte[] mac(String algorithm, byte[] key, ByteString... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (ByteString part : parts) {
                mac.update(part.asReadOnlyByteBuffer());
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + algorithm, e);
        }
    }
}
