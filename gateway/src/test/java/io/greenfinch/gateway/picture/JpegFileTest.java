package io.greenfinch.gateway.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.gateway.picture.JpegFile.NotReadable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JpegFileTest {

    private static final byte[] GOOD = TestPictures.jpeg(40, 30, 0x808080);

    @FuzzTest
    void anyBytes(byte[] bytes) {
        try {
            JpegFile jpeg = JpegFile.of(bytes);
            assertThat(jpeg.width()).isPositive();
            assertThat(jpeg.orientation()).isBetween(1, 8);
            JpegFile again = JpegFile.of(jpeg.bytes());
            assertThat(again.bytes()).isEqualTo(jpeg.bytes());
        } catch (NotReadable e) {
            assertThat(e.getMessage()).startsWith("must ");
        }
    }

    @Test
    void theSizeIsKnownWithoutDecoding() throws NotReadable {
        JpegFile jpeg = JpegFile.of(TestPictures.claiming(GOOD, 65_535, 65_500));
        assertThat(jpeg.width()).isEqualTo(65_535);
        assertThat(jpeg.height()).isEqualTo(65_500);
        assertThat(jpeg.progressive()).isFalse();
        assertThat(jpeg.grey()).isFalse();
    }

    @Test
    void whatACameraNotesIsLeftOut() throws NotReadable {
        byte[] secret = "Exif\0\0here I live".getBytes(StandardCharsets.US_ASCII);
        byte[] told = TestPictures.withSegment(GOOD, 0xE1, secret);
        told = TestPictures.withSegment(told, 0xFE, "a comment".getBytes(StandardCharsets.US_ASCII));
        told = TestPictures.withSegment(told, 0xE2, "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII));

        assertThat(JpegFile.of(told).bytes()).isEqualTo(JpegFile.of(GOOD).bytes());
    }

    @Test
    void theOrientationIsFound() throws NotReadable {
        for (int orientation = 1; orientation <= 8; orientation++) {
            assertThat(JpegFile.of(TestPictures.held(GOOD, orientation)).orientation())
                    .isEqualTo(orientation);
        }
        assertThat(JpegFile.of(TestPictures.held(GOOD, 9)).orientation()).isEqualTo(1);
        assertThat(JpegFile.of(GOOD).orientation()).isEqualTo(1);
    }

    @Test
    void everyCutIsNoticed() throws NotReadable {
        JpegFile.of(GOOD);
        for (int length = 0; length < GOOD.length; length++) {
            byte[] cut = Arrays.copyOf(GOOD, length);
            assertThatExceptionOfType(NotReadable.class).as("%d bytes", length).isThrownBy(() -> JpegFile.of(cut));
        }
    }

    @Test
    void whatIsReadOtherwiseIsRefused() {
        assertRefused(TestPictures.picture("png", 8, 8, (x, y) -> x), "must be a JPEG image");
        assertRefused(new byte[0], "must be a JPEG image");
        byte[] precise = GOOD.clone();
        precise[TestPictures.frame(GOOD) + 4] = 12;
        assertRefused(precise, "must be a JPEG image with 8 bits per colour");
        byte[] inks = GOOD.clone();
        inks[TestPictures.frame(GOOD) + 9] = 4;
        assertRefused(inks, "must be a JPEG image in RGB colours or grey");
        byte[] lossless = GOOD.clone();
        lossless[TestPictures.frame(GOOD) + 1] = (byte) 0xC3;
        assertRefused(lossless, "must be a baseline or progressive JPEG image");
        assertRefused(TestPictures.claiming(GOOD, 0, 5), "must be a complete JPEG image");
    }

    /** Each scan costs a pass over all pixels, and takes a dozen bytes of the file. */
    @Test
    void thousandsOfScansAreRefused() {
        byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0};
        byte[] bomb = Arrays.copyOf(GOOD, GOOD.length - 2 + 3000 * scan.length + 2);
        for (int i = 0; i < 3000; i++) {
            System.arraycopy(scan, 0, bomb, GOOD.length - 2 + i * scan.length, scan.length);
        }
        bomb[bomb.length - 2] = (byte) 0xFF;
        bomb[bomb.length - 1] = (byte) 0xD9;
        assertRefused(bomb, "must be a JPEG image with at most 40 scans");
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatExceptionOfType(NotReadable.class)
                .isThrownBy(() -> JpegFile.of(bytes))
                .withMessage(message);
    }
}
