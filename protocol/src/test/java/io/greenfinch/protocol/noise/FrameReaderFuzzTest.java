package io.greenfinch.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.protocol.Hex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class FrameReaderFuzzTest {

    private static final int LIMIT = 1000;

    /** How a stream is cut makes no difference. The first byte says into what pieces; the others are the stream. */
    @FuzzTest
    void feed(byte[] data) {
        if (data.length == 0) {
            return;
        }
        ByteBuffer stream = ByteBuffer.wrap(data, 1, data.length - 1);

        assertThat(read(stream.slice(), 1 + (data[0] & 0xFF))).isEqualTo(read(stream.slice(), data.length));
    }

    /** The frames in hexadecimal, and "malformed" at the end when the stream is. */
    private static List<String> read(ByteBuffer stream, int piece) {
        FrameReader reader = new FrameReader(LIMIT);
        List<String> frames = new ArrayList<>();
        try {
            while (stream.hasRemaining()) {
                int length = Math.min(piece, stream.remaining());
                reader.feed(stream.slice(stream.position(), length));
                stream.position(stream.position() + length);
                for (byte[] frame = reader.next(); frame != null; frame = reader.next()) {
                    assertThat(frame).hasSizeLessThanOrEqualTo(LIMIT);
                    frames.add(Hex.text(frame));
                }
            }
        } catch (MalformedFrameException e) {
            frames.add("malformed");
        }
        return frames;
    }
}
