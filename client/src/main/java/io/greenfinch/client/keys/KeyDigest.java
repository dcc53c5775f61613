package io.greenfinch.client.keys;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.PublicKeys;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** What the server says it has of our keys, against what we have (specification §12.4). */
final class KeyDigest {

    /** A server keeps fewer one-time prekeys of a companion than this; a longer list is no list of keys. */
    private static final int MAX_KEYS = 10_000;

    private static final byte[] NOTHING = {};

    private KeyDigest() {}

    /**
     * The first difference; empty when the server has what we have.
     *
     * @param result the answer to the request; may hold anything
     * @param oneTimeKey our one-time prekey of a number, empty when we have none
     */
    static Optional<String> difference(Node result, DeviceKeys ours, IntFunction<Optional<KeyPair>> oneTimeKey) {
        Optional<Node> digest = result.child("digest");
        if (digest.isEmpty()) {
            return Optional.empty(); // a server that does not compare (specification §28)
        }
        Node theirs = digest.get();
        SignedPreKey signed = ours.signedPreKey();
        Node theirSigned = theirs.child("skey").orElse(Node.empty("skey"));
        if (differs(theirs, "registration", KeyStanzas.registration(ours))) {
            return Optional.of("another registration id");
        }
        if (differs(theirs, "type", new byte[] {PublicKeys.TYPE})) {
            return Optional.of("another type of keys");
        }
        if (differs(theirs, "identity", ours.identity().publicKey())) {
            return Optional.of("another identity");
        }
        if (differs(theirSigned, "id", KeyStanzas.id(signed.id()))
                || differs(theirSigned, "value", signed.keys().publicKey())
                || differs(theirSigned, "signature", signed.signature())) {
            return Optional.of("another signed prekey");
        }
        MessageDigest sha1 = sha1();
        sha1.update(ours.identity().publicKey());
        sha1.update(signed.keys().publicKey());
        sha1.update(signed.signature());
        return oneTimeKeys(theirs, sha1, oneTimeKey);
    }

    private static Optional<String> oneTimeKeys(
            Node theirs, MessageDigest sha1, IntFunction<Optional<KeyPair>> oneTimeKey) {
        Set<Integer> seen = new HashSet<>();
        for (Node key : theirs.child("list").orElse(Node.empty("list")).children("id")) {
            byte[] id = key.content();
            if (id.length != 3 || seen.size() >= MAX_KEYS) {
                return Optional.of("a list that is none");
            }
            int number = (id[0] & 0xFF) << 16 | (id[1] & 0xFF) << 8 | (id[2] & 0xFF);
            Optional<KeyPair> known = seen.add(number) ? oneTimeKey.apply(number) : Optional.empty();
            if (known.isEmpty()) {
                return Optional.of("one-time prekey " + number + ", which is not ours");
            }
            sha1.update(known.get().publicKey());
        }
        return differs(theirs, "hash", sha1.digest()) ? Optional.of("another hash") : Optional.empty();
    }

    private static boolean differs(Node parent, String child, byte[] ours) {
        return !Arrays.equals(parent.child(child).map(Node::content).orElse(NOTHING), ours);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
