package io.greenfinch.interop.cipher;

import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.scenario.NeedsPeers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our Signal sessions and sender keys against those of other clients. {@code -Dcipher.steps} and {@code -Dcipher.seed} make
 * it longer and repeat it.
 */
@NeedsPeers
class CiphersIT {

    private static final int STEPS = Integer.getInteger("cipher.steps", 4000);
    private static final long SEED =
            Long.getLong("cipher.seed", ThreadLocalRandom.current().nextLong());

    @ParameterizedTest
    @EnumSource
    void bothSidesReadEveryGenuineMessageOnceAndNothingElse(PeerKind kind) throws IOException {
        System.out.printf("%s: at least %d steps, -Dcipher.seed=%d%n", kind, STEPS, SEED);
        try (CipherProcess theirs = CipherProcess.start(kind, Path.of("target", "ciphers"))) {
            int steps = 0;
            for (long seed = SEED; steps < STEPS; seed++) {
                try {
                    steps += new Conversation(theirs, seed).hold();
                } catch (AssertionError e) {
                    throw new AssertionError("-Dcipher.seed=" + seed, e);
                }
            }
        }
    }
}
