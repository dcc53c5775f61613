package io.greenfinch.protocol.noise;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Randomness that is the same in each run, so that a finding comes back. */
final class SameRandom {

    private SameRandom() {}

    static SecureRandom create() {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(new byte[] {1, 2, 3, 4});
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
