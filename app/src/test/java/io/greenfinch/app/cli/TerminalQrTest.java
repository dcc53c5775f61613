package io.greenfinch.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalQrTest {

    /** As long as the texts of WhatsApp are. */
    private static final String TEXT = "https://wa.me/settings/linked_devices#2@" + "aB3-".repeat(16)
            + ",".concat("kE7/".repeat(11)).repeat(3) + ",1";

    private static final String HALVES = " ▀▄█";

    @Test
    void fitsBesideItsCaptionOnATerminalOf24Lines() {
        List<String> lines = TerminalQr.draw(TEXT, 22);

        assertThat(lines)
                .hasSizeLessThanOrEqualTo(22)
                .allSatisfy(line -> assertThat(columns(line)).isLessThanOrEqualTo(80));
        assertThat(QrScreen.fits(TEXT, new Terminal.Size(24, 80))).isTrue();
        assertThat(QrScreen.fits(TEXT, new Terminal.Size(20, 80))).isFalse();
        assertThat(QrScreen.fits(TEXT, new Terminal.Size(24, 20))).isFalse();
    }

    /** Each character is twice as high as wide, as in terminals. */
    @ParameterizedTest
    @ValueSource(ints = {22, 60})
    void canBeRead(int rows) throws ReaderException {
        List<String> lines = TerminalQr.draw(TEXT, rows);
        int height = 16;
        int width = 8;
        int columns = columns(lines.getFirst());
        int[] pixels = new int[lines.size() * height * columns * width];
        for (int y = 0; y < lines.size() * height; y++) {
            int[] line = lines.get(y / height).codePoints().toArray();
            for (int x = 0; x < columns * width; x++) {
                pixels[y * columns * width + x] =
                        light(line[x / width], x % width * 2 / width, y % height, height) ? 0xFFFFFF : 0;
            }
        }
        var picture = new RGBLuminanceSource(columns * width, lines.size() * height, pixels);

        assertThat(new QRCodeReader()
                        .decode(new BinaryBitmap(new GlobalHistogramBinarizer(picture)))
                        .getText())
                .isEqualTo(TEXT);
    }

    private static int columns(String line) {
        return line.codePointCount(0, line.length());
    }

    /** Whether a pixel of a character is lit: right or left half, and how far down. */
    private static boolean light(int character, int right, int down, int height) {
        int half = HALVES.indexOf(character);
        if (half >= 0) {
            return (half >> (down * 2 / height) & 1) != 0;
        }
        return (sextant(character) >> (down * 3 / height * 2 + right) & 1) != 0;
    }

    /** The patterns of the block in their order, without those that are characters elsewhere. */
    private static int sextant(int character) {
        if (character == '▌' || character == '▐') {
            return character == '▌' ? 0b010101 : 0b101010;
        }
        int[] patterns = IntStream.rangeClosed(1, 62)
                .filter(cell -> cell != 0b010101 && cell != 0b101010)
                .toArray();
        return Arrays.stream(patterns).skip(character - 0x1FB00).findFirst().orElseThrow();
    }
}
