package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.pairing.DeviceIdentity;
import io.greenfinch.simulator.account.Companion;
import java.util.Arrays;

/**
 * Whether the proofs that come with companions' messages are genuine (specification §7.4). One that was is not verified again: it comes
 * with each message until somebody answers, and to each phone of a group. Guarded by the world's lock.
 */
final class IdentityProofs {

    private static final int KEPT = 10_000;

    private final RecentMap<Companion, byte[]> proven = new RecentMap<>(KEPT);

    /** Whether the account has signed the identity key under which the service knows the companion, and the companion has countersigned. */
    boolean genuine(Companion companion, byte[] proof) {
        if (proven.get(companion).filter(known -> Arrays.equals(known, proof)).isPresent()) {
            return true;
        }
        boolean genuine =
                DeviceIdentity.verify(proof, companion.account().phone().identityKey(), companion.identityKey());
        if (genuine) {
            proven.put(companion, proof);
        }
        return genuine;
    }
}
