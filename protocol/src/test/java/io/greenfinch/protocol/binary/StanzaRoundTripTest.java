package io.greenfinch.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class StanzaRoundTripTest {

    private static final int CASES = 20_000;

    @Test
    void whatIsEncodedDecodesToTheSame() {
        long start = ThreadLocalRandom.current().nextLong();
        for (long seed = start; seed < start + CASES; seed++) {
            Node node = new RandomNodes(seed).next();

            assertThat(NodeDecoder.decode(NodeEncoder.encode(node)))
                    .as("seed %dL", seed)
                    .isEqualTo(node);
        }
    }

    @Test
    void whatIsEncodedDecodesToTheSameWhenCompressed() {
        long start = ThreadLocalRandom.current().nextLong();
        for (long seed = start; seed < start + CASES / 10; seed++) {
            Node node = new RandomNodes(seed).next();

            assertThat(NodeDecoder.decode(Deflated.of(NodeEncoder.encode(node))))
                    .as("seed %dL", seed)
                    .isEqualTo(node);
        }
    }

    /** Decoding loses nothing that encoding would show: what a foreign client wrote may be passed on. */
    @Test
    void encodingIsStable() {
        long start = ThreadLocalRandom.current().nextLong();
        for (long seed = start; seed < start + CASES / 10; seed++) {
            byte[] encoded = NodeEncoder.encode(new RandomNodes(seed).next());

            assertThat(NodeEncoder.encode(NodeDecoder.decode(encoded)))
                    .as("seed %dL", seed)
                    .isEqualTo(encoded);
        }
    }
}
