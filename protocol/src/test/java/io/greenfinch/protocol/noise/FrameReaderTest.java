package io.greenfinch.protocol.noise;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    @Test
    void framesHaveALengthOfThreeBytes() {
        assertThat(Frames.frame(hex("010203"))).isEqualTo(hex("000003 010203"));
        assertThat(Frames.frame(new byte[0])).isEqualTo(hex("000000"));
        assertThat(Frames.frame(new byte[0x012345])).hasSize(0x012345 + 3).startsWith(0x01, 0x23, 0x45);
    }

    @Test
    void refusesToFrameWhatIsTooLong() {
        assertThat(Frames.frame(new byte[Frames.MAX_FRAME])).startsWith(0xFF, 0xFF, 0xFF);
        byte[] tooLong = new byte[Frames.MAX_FRAME + 1];
        assertThatThrownBy(() -> Frames.frame(tooLong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theIntroIsWhatItIs() {
        assertThat(Frames.intro()).isEqualTo(hex("57 41 06 03"));
        Frames.intro()[0] = 0;
        assertThat(Frames.intro()).isEqualTo(hex("57 41 06 03"));
    }

    @Test
    void findsFramesInChunksCutAnywhere() {
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<byte[]> frames = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 20; i++) {
                byte[] frame = new byte[random.nextInt(1 + random.nextInt(2000))];
                random.nextBytes(frame);
                frames.add(frame);
                stream.writeBytes(Frames.frame(frame));
            }
            assertThat(read(stream.toByteArray(), 1 + random.nextInt(3000), random))
                    .as("seed %d, round %d", seed, round)
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(frames);
        }
    }

    private static List<byte[]> read(byte[] stream, int maxChunk, Random random) {
        FrameReader reader = new FrameReader(2000);
        List<byte[]> found = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(stream);
        while (all.hasRemaining()) {
            int length = Math.min(all.remaining(), random.nextInt(maxChunk + 1));
            reader.feed(all.slice(all.position(), length));
            all.position(all.position() + length);
            found.addAll(drain(reader));
        }
        return found;
    }

    private static List<byte[]> drain(FrameReader reader) {
        List<byte[]> found = new ArrayList<>();
        for (byte[] frame = reader.next(); frame != null; frame = reader.next()) {
            found.add(frame);
        }
        return found;
    }

    @Test
    void takesAllOfAChunkAndLeavesItsBytesAlone() {
        FrameReader reader = new FrameReader(10);
        ByteBuffer chunk = ByteBuffer.wrap(hex("000002 0102 000001")).asReadOnlyBuffer();
        reader.feed(chunk);

        assertThat(chunk.hasRemaining()).isFalse();
        assertThat(reader.next()).isEqualTo(hex("0102"));
        assertThat(reader.next()).isNull();
        reader.feed(ByteBuffer.wrap(hex("07")));
        assertThat(reader.next()).isEqualTo(hex("07"));
    }

    @Test
    void refusesAFrameLongerThanAllowedAtItsLengthAlready() {
        FrameReader reader = new FrameReader(100);
        reader.feed(ByteBuffer.wrap(Frames.frame(new byte[100])));
        reader.feed(ByteBuffer.wrap(hex("000065")));

        assertThat(reader.next()).hasSize(100);
        assertThatThrownBy(reader::next).isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(reader::next).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void takesLongerFramesOnceItMay() {
        FrameReader reader = new FrameReader(2);
        reader.feed(ByteBuffer.wrap(hex("000002 0102 000003 010203")));

        assertThat(reader.next()).hasSize(2);
        reader.limit(3);
        assertThat(reader.next()).hasSize(3);
    }

    /** Ten thousand peers that announce 16 MiB each and send nothing must not cost a hundred gigabytes. */
    @Test
    void setsNothingAsideForBytesThatOnlyWereAnnounced() {
        List<FrameReader> readers = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            FrameReader reader = new FrameReader(Frames.MAX_FRAME);
            reader.feed(ByteBuffer.wrap(hex("FFFFFF 00")));
            assertThat(reader.next()).isNull();
            readers.add(reader);
        }
        assertThat(readers).hasSize(10_000);
    }

    @Test
    void readsALongFrameInManyChunks() {
        byte[] payload = new byte[4 << 20];
        ThreadLocalRandom.current().nextBytes(payload);
        ByteBuffer stream = ByteBuffer.wrap(Frames.frame(payload));
        FrameReader reader = new FrameReader(Frames.MAX_FRAME);
        List<byte[]> found = new ArrayList<>();
        while (stream.hasRemaining()) {
            int length = Math.min(stream.remaining(), 1000);
            reader.feed(stream.slice(stream.position(), length));
            stream.position(stream.position() + length);
            found.addAll(drain(reader));
        }

        assertThat(found).hasSize(1).first().isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, Frames.MAX_FRAME + 1})
    void refusesLimitsThatMakeNoSense(int limit) {
        assertThatThrownBy(() -> new FrameReader(limit)).isInstanceOf(IllegalArgumentException.class);
    }
}
