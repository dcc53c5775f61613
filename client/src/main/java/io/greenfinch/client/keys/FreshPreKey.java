package io.greenfinch.client.keys;

import io.greenfinch.client.store.Change;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.PreKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A one-time prekey made for one device alone, which is asked to start its session anew (specification §15.3).
 *
 * @param after our credentials once it is made
 * @param key the prekey
 */
public record FreshPreKey(Credentials after, PreKey key) {

    /** The next one. */
    public static FreshPreKey next(Credentials own, SecureRandom random) {
        PreKey key = PreKey.batch(own.preKeys().retry(), 1, random).getFirst();
        return new FreshPreKey(own.with(own.preKeys().afterRetry()), key);
    }

    /** What stores it. */
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>(StoredKeys.add(List.of(key)));
        changes.add(after.put());
        return changes;
    }

    /** The element that offers it. */
    public Node offer() {
        return KeyStanzas.offer(after.device(), key, after.identity());
    }

    /** Our registration id as stanzas have it. */
    public static byte[] registration(Credentials own) {
        return KeyStanzas.registration(own.device());
    }
}
