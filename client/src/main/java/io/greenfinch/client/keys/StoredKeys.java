package io.greenfinch.client.keys;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.proto.StoredPreKey;
import io.greenfinch.client.proto.StoredSignedPreKey;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.PreKey;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.util.ArrayList;
import java.util.List;

/** The companion's prekeys as the store has them. */
final class StoredKeys {

    /**
     * One-time prekeys of each range that are kept at most, used ones left out: the server hands out the oldest first, and one that
     * is so many keys old will not come back.
     */
    static final int KEPT = 2000;

    /** Signed prekeys that are kept for messages begun before they were changed: about a quarter of a year. */
    private static final int KEPT_SIGNED = 3;

    private StoredKeys() {}

    /** Adds new one-time prekeys, and lets go of as many that are too old. */
    static List<Change> add(List<PreKey> batch) {
        List<Change> changes = new ArrayList<>();
        for (PreKey key : batch) {
            byte[] stored = StoredPreKey.newBuilder()
                    .setId(key.id())
                    .setPrivateKey(ByteString.copyFrom(key.keys().privateKey()))
                    .build()
                    .toByteArray();
            changes.add(new Change.Put(StateKind.PREKEY, Integer.toString(key.id()), stored));
            int old = PreKeyRange.of(key.id()).before(key.id(), KEPT);
            changes.add(new Change.Remove(StateKind.PREKEY, Integer.toString(old)));
        }
        return changes;
    }

    /** Keeps a signed prekey that was replaced, and lets go of the one that was replaced long before. */
    static List<Change> keep(SignedPreKey replaced) {
        byte[] stored = StoredSignedPreKey.newBuilder()
                .setId(replaced.id())
                .setPrivateKey(ByteString.copyFrom(replaced.keys().privateKey()))
                .setSignature(ByteString.copyFrom(replaced.signature()))
                .build()
                .toByteArray();
        Change put = new Change.Put(StateKind.SIGNED_PREKEY, Integer.toString(replaced.id()), stored);
        int old = replaced.id() - KEPT_SIGNED;
        return old > 0 ? List.of(put, new Change.Remove(StateKind.SIGNED_PREKEY, Integer.toString(old))) : List.of(put);
    }

    /**
     * The key pair in a stored one-time prekey.
     *
     * @throws StoreException when there is none in it
     */
    static KeyPair keyPair(byte[] stored) {
        try {
            return KeyPair.ofPrivate(
                    StoredPreKey.parseFrom(stored).getPrivateKey().toByteArray());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new StoreException("a stored prekey that can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * The key pair in a signed prekey that was replaced.
     *
     * @throws StoreException when there is none in it
     */
    static KeyPair signedKeyPair(byte[] stored) {
        try {
            return KeyPair.ofPrivate(
                    StoredSignedPreKey.parseFrom(stored).getPrivateKey().toByteArray());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new StoreException("a stored signed prekey that can't be read: " + e.getMessage(), e);
        }
    }
}
