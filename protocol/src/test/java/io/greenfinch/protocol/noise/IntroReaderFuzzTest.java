package io.greenfinch.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.protocol.Hex;
import java.nio.ByteBuffer;

class IntroReaderFuzzTest {

    /** All at once or byte by byte: the same intro, the same rest. */
    @FuzzTest
    void feed(byte[] data) {
        assertThat(read(data, 1)).isEqualTo(read(data, Math.max(1, data.length)));
    }

    private static String read(byte[] data, int piece) {
        IntroReader reader = new IntroReader();
        try {
            int position = 0;
            while (position < data.length && !reader.complete()) {
                int length = Math.min(piece, data.length - position);
                reader.feed(ByteBuffer.wrap(data, position, length));
                position += length;
            }
            if (!reader.complete()) {
                return "incomplete";
            }
            int introEnd = position - reader.rest().remaining();
            return "routing " + Hex.text(reader.routingInfo()) + ", intro of " + introEnd;
        } catch (MalformedFrameException e) {
            return "malformed";
        }
    }
}
