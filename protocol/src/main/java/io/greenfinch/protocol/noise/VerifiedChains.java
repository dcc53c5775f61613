package io.greenfinch.protocol.noise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The certificate chains that were verified last: a server shows the same one in each handshake, and its two signatures cost as
 * much as the agreement. A chain is known by all of its bytes, for one root and one key, and only while it is valid. Thread-safe; of
 * two that are added at the same moment one may be forgotten, which costs another look.
 */
final class VerifiedChains {

    private static final int KEPT = 8;

    private record Verified(byte[] chain, ServerKey key) {
        boolean is(byte[] otherChain, byte[] rootKey, byte[] serverKey) {
            return Arrays.equals(chain, otherChain)
                    && Arrays.equals(key.rootKey(), rootKey)
                    && Arrays.equals(key.key(), serverKey);
        }
    }

    private volatile List<Verified> kept = List.of();

    /** What the chain proved when it was verified, if that holds still. */
    Optional<ServerKey> find(byte[] chain, byte[] rootKey, byte[] serverKey, Instant now) {
        for (Verified known : kept) {
            if (known.is(chain, rootKey, serverKey) && known.key.isGood(rootKey, now)) {
                return Optional.of(known.key);
            }
        }
        return Optional.empty();
    }

    void add(byte[] chain, ServerKey key) {
        List<Verified> all = new ArrayList<>(kept);
        all.removeIf(known -> known.is(chain, key.rootKey(), key.key()));
        if (all.size() == KEPT) {
            all.removeFirst();
        }
        all.add(new Verified(chain.clone(), key));
        kept = List.copyOf(all);
    }
}
