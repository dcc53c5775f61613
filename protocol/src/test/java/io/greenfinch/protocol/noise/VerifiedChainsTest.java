package io.greenfinch.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What was verified is believed again for the same bytes, root and key while it is valid, and for nothing else. */
class VerifiedChainsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final VerifiedChains chains = new VerifiedChains();
    private final byte[] chain = {1, 2, 3, 4};
    private final byte[] root = filled(1);
    private final byte[] server = filled(2);
    private final ServerKey verified = new ServerKey(server, root, NOW.minusSeconds(60), NOW.plusSeconds(60));

    @Test
    void knowsWhatWasAdded() {
        assertThat(chains.find(chain, root, server, NOW)).isEmpty();
        chains.add(chain, verified);
        assertThat(chains.find(chain.clone(), root.clone(), server.clone(), NOW))
                .hasValue(verified);
    }

    @Test
    void believesNothingElse() {
        chains.add(chain, verified);
        byte[] changed = chain.clone();
        changed[3] ^= 1;
        assertThat(chains.find(changed, root, server, NOW)).isEmpty();
        assertThat(chains.find(Arrays.copyOf(chain, 3), root, server, NOW)).isEmpty();
        assertThat(chains.find(chain, filled(3), server, NOW)).isEmpty();
        assertThat(chains.find(chain, root, filled(3), NOW)).isEmpty();
    }

    @Test
    void believesNothingThatIsOutOfDate() {
        chains.add(chain, verified);
        assertThat(chains.find(chain, root, server, NOW.plusSeconds(61))).isEmpty();
        assertThat(chains.find(chain, root, server, NOW.minusSeconds(61))).isEmpty();
    }

    @Test
    void keepsALastFewAndIsNotFilledByOne() {
        byte[] first = {9};
        chains.add(first, verified);
        for (int i = 0; i < 100; i++) {
            chains.add(chain, verified);
        }
        assertThat(chains.find(first, root, server, NOW)).isPresent();
        for (byte i = 10; i < 18; i++) {
            chains.add(new byte[] {i}, verified);
        }
        assertThat(chains.find(first, root, server, NOW)).isEmpty();
        assertThat(chains.find(new byte[] {17}, root, server, NOW)).isPresent();
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
