package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    @TempDir
    private Path folder;

    private Recording of(byte[] file) throws IOException {
        return Recording.of(Files.write(folder.resolve("file"), file));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Two pages: the head of Opus, and one that ends after so many samples. */
    private static byte[] ogg(long samples, int skipped) {
        byte[] bytes = new byte[28 + 19 + 28 + 100];
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, text("OggS")).put(28, text("OpusHead")).putShort(38, (short) skipped);
        file.put(47, text("OggS")).putLong(53, samples);
        return bytes;
    }

    private static byte[] wave(int bytesPerSecond, int length) {
        byte[] bytes = new byte[44 + length];
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, text("RIFF")).put(8, text("WAVE")).put(12, text("fmt ")).putInt(16, 16);
        file.putInt(28, bytesPerSecond).put(36, text("data")).putInt(40, length);
        return bytes;
    }

    private static byte[] box(String name, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(part);
        }
        byte[] bytes = body.toByteArray();
        return ByteBuffer.allocate(8 + bytes.length)
                .putInt(8 + bytes.length)
                .put(text(name))
                .put(bytes)
                .array();
    }

    private static byte[] movie(int rate, int units, int width, int height) {
        byte[] header =
                ByteBuffer.allocate(100).putInt(12, rate).putInt(16, units).array();
        byte[] track = ByteBuffer.allocate(84)
                .putInt(76, width << 16)
                .putInt(80, height << 16)
                .array();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(box("ftyp", text("isom")));
        file.writeBytes(box("free", new byte[50]));
        file.writeBytes(box("moov", box("mvhd", header), box("trak", box("tkhd", track))));
        file.writeBytes(box("mdat", new byte[1000]));
        return file.toByteArray();
    }

    @Test
    void filesTellHowLongTheyPlay() throws IOException {
        assertThat(of(ogg(48_000L * 7 + 312, 312))).isEqualTo(new Recording(7, 0, 0));
        assertThat(of(wave(16_000, 48_000))).isEqualTo(new Recording(3, 0, 0));
        assertThat(of(movie(1000, 12_500, 640, 360))).isEqualTo(new Recording(13, 640, 360));
        assertThat(of(text("nothing of the kind"))).isEqualTo(new Recording(0, 0, 0));
        assertThat(of(new byte[0])).isEqualTo(new Recording(0, 0, 0));
        assertThat(Recording.of(folder.resolve("none"))).isEqualTo(new Recording(0, 0, 0));
    }

    @Test
    void nonsenseIsNotBelieved() throws IOException {
        assertThat(of(ogg(Long.MAX_VALUE, 0)).seconds()).isZero();
        assertThat(of(ogg(-5, 0)).seconds()).isZero();
        assertThat(of(movie(0, 100, 1, 1)).seconds()).isZero();
        assertThat(of(movie(1, -1, 1, 1)).seconds()).isZero();
        assertThat(of(wave(-1, 10)).seconds()).isEqualTo(1);
    }

    @Test
    void damagedFilesAreReadToTheirEnd() throws IOException {
        byte[][] good = {ogg(480_000, 312), wave(16_000, 2000), movie(1000, 12_500, 640, 360)};
        Random random = new Random(17);
        for (int i = 0; i < 3000; i++) {
            byte[] bad = good[i % good.length].clone();
            for (int k = random.nextInt(6); k >= 0; k--) {
                bad[random.nextInt(Math.min(bad.length, 300))] = (byte) random.nextInt(256);
            }
            Recording recording = of(bad);
            assertThat(recording.seconds()).isBetween(0, 86_400);
            assertThat(recording.width()).isBetween(0, 16_384);
        }
    }
}
