package io.greenfinch.gateway.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.greenfinch.gateway.picture.PictureStudio.Result;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureStudioTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RED = 0xD02020;
    private static final int GREEN = 0x20D020;
    private static final int BLUE = 0x2020D0;
    private static final int WHITE = 0xF0F0F0;

    private final PictureStudio studio = new PictureStudio();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        studio.close();
    }

    private Result made(byte[] file) throws IOException {
        return studio.square(Files.write(folder.resolve("picture"), file), PATIENCE);
    }

    private BufferedImage read(byte[] file) throws IOException {
        assertThat(made(file)).isInstanceOf(Result.Ready.class);
        BufferedImage image = TestPictures.read(((Result.Ready) made(file)).jpeg());
        assertThat(image.getWidth()).isEqualTo(640);
        assertThat(image.getHeight()).isEqualTo(640);
        return image;
    }

    /** The four quarters of a picture, in reading order. */
    private static void assertQuarters(BufferedImage image, int... colours) {
        int[][] middles = {{160, 160}, {480, 160}, {160, 480}, {480, 480}};
        for (int i = 0; i < 4; i++) {
            assertColour(image.getRGB(middles[i][0], middles[i][1]), colours[i]);
        }
    }

    private static void assertColour(int actual, int expected) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(actual >> shift & 0xFF).isCloseTo(expected >> shift & 0xFF, within(12));
        }
    }

    private static int quarters(int x, int y, int half) {
        return y < half ? x < half ? RED : GREEN : x < half ? BLUE : WHITE;
    }

    @ParameterizedTest
    @CsvSource({"1", "100", "639", "640", "641", "1280", "2600"})
    void anySizeBecomesTheSame(int side) throws IOException {
        BufferedImage image = read(TestPictures.picture("jpeg", side, side, (x, y) -> quarters(x, y, side / 2)));
        if (side > 1) {
            assertQuarters(image, RED, GREEN, BLUE, WHITE);
        } else {
            assertQuarters(image, WHITE, WHITE, WHITE, WHITE);
        }
    }

    @Test
    void theMiddleIsCutOut() throws IOException {
        // A band on each side that must not be seen.
        BufferedImage wide = read(TestPictures.picture(
                "jpeg", 1400, 700, (x, y) -> x < 340 || x >= 1060 ? 0 : quarters(x - 350, y, 350)));
        assertQuarters(wide, RED, GREEN, BLUE, WHITE);
        BufferedImage tall = read(TestPictures.picture(
                "jpeg", 300, 3000, (x, y) -> y < 1340 || y >= 1660 ? 0 : quarters(x, y - 1350, 150)));
        assertQuarters(tall, RED, GREEN, BLUE, WHITE);
        assertColour(tall.getRGB(5, 5), RED);
        assertColour(tall.getRGB(634, 634), WHITE);
    }

    /** As Exif numbers them: which corner of the file is seen where. */
    @ParameterizedTest
    @CsvSource({
        "1, RGBW", "2, GRWB", "3, WBGR", "4, BWRG", "5, RBGW", "6, BRWG", "7, WGBR", "8, GWRB",
    })
    void thePictureIsTurnedUpright(int orientation, String seen) throws IOException {
        byte[] jpeg = TestPictures.picture("jpeg", 200, 200, (x, y) -> quarters(x, y, 100));
        int[] colours = seen.chars()
                .map(letter -> switch (letter) {
                    case 'R' -> RED;
                    case 'G' -> GREEN;
                    case 'B' -> BLUE;
                    default -> WHITE;
                })
                .toArray();
        assertQuarters(read(TestPictures.held(jpeg, orientation)), colours);
    }

    @Test
    void greyStaysAsLightAsItIs() throws IOException {
        BufferedImage grey = new BufferedImage(50, 50, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 50; y++) {
            for (int x = 0; x < 50; x++) {
                grey.getRaster().setSample(x, y, 0, 90);
            }
        }
        assertColour(read(TestPictures.written(grey, "jpeg")).getRGB(320, 320), 0x5A5A5A);
    }

    @Test
    void progressiveOnesAreRead() throws IOException {
        byte[] jpeg = TestPictures.progressive(700, 700, (x, y) -> quarters(x, y, 350));
        assertQuarters(read(jpeg), RED, GREEN, BLUE, WHITE);
    }

    @Test
    void whatWouldCostTooMuchIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] small = TestPictures.jpeg(16, 16, RED);
        assertThat(made(TestPictures.claiming(small, 65_000, 65_000)))
                .isEqualTo(new Result.Unusable("must have at most 50 million pixels"));
        byte[] progressive = TestPictures.progressive(16, 16, (x, y) -> RED);
        assertThat(made(TestPictures.claiming(progressive, 5000, 5000)))
                .isEqualTo(new Result.Unusable("must have at most 16 million pixels, being progressive"));
    }

    @Test
    void damagedPicturesArePicturesOrUnusable() throws IOException {
        byte[][] good = {
            TestPictures.picture("jpeg", 90, 70, (x, y) -> ((x * 2) << 16) | y),
            TestPictures.progressive(90, 70, (x, y) -> ((x * 2) << 16) | y)
        };
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            byte[] bad = good[i % 2].clone();
            for (int k = random.nextInt(8); k >= 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(made(bad)).as("case " + i).isInstanceOfAny(Result.Ready.class, Result.Unusable.class);
        }
    }

    @Test
    void nobodyWaitsLongerThanAllowed() throws IOException {
        Path file = Files.write(folder.resolve("picture"), TestPictures.jpeg(10, 10, RED));
        assertThat(studio.square(file, Duration.ZERO)).isInstanceOf(Result.Busy.class);
    }

    private Optional<Thumbnail> thumbnail(byte[] file) throws IOException {
        return studio.thumbnail(Files.write(folder.resolve("picture"), file), PATIENCE);
    }

    @Test
    void aThumbnailIsUpright() throws IOException {
        byte[] lying = TestPictures.held(TestPictures.picture("jpeg", 400, 200, (x, y) -> x < 200 ? RED : 0x0000FF), 6);
        Thumbnail thumbnail = thumbnail(lying).orElseThrow();
        assertThat(thumbnail.width()).isEqualTo(200);
        assertThat(thumbnail.height()).isEqualTo(400);
        BufferedImage small = TestPictures.read(thumbnail.jpeg());
        assertThat(small.getWidth()).isEqualTo(48);
        assertThat(small.getHeight()).isEqualTo(96);
        assertColour(small.getRGB(24, 10), RED);
        assertColour(small.getRGB(24, 85), 0x0000FF);
    }

    @Test
    void thereIsNoThumbnailOfWhatWouldCostTooMuch() throws IOException {
        byte[] wide = TestPictures.picture("png", 3001, 2, (x, y) -> RED);
        assertThat(thumbnail(wide).orElseThrow().jpeg()).isEmpty();
        assertThat(thumbnail(wide).orElseThrow().width()).isEqualTo(3001);
        byte[] good = TestPictures.jpeg(40, 30, RED);
        byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0};
        byte[] bomb = Arrays.copyOf(good, good.length - 2 + 3000 * scan.length + 2);
        for (int i = 0; i < 3000; i++) {
            System.arraycopy(scan, 0, bomb, good.length - 2 + i * scan.length, scan.length);
        }
        assertThat(thumbnail(bomb)).isEmpty();
        assertThat(thumbnail(TestPictures.picture("gif", 10, 10, (x, y) -> RED)))
                .isEmpty();
        assertThat(studio.thumbnail(folder.resolve("picture"), Duration.ZERO)).isEmpty();
    }

    @Test
    void damagedPicturesHaveAThumbnailOrNone() throws IOException {
        byte[][] good = {
            TestPictures.picture("jpeg", 90, 70, (x, y) -> ((x * 2) << 16) | y),
            TestPictures.picture("png", 90, 70, (x, y) -> ((x * 2) << 16) | y)
        };
        Random random = new Random(6);
        for (int i = 0; i < 60; i++) {
            byte[] bad = good[i % 2].clone();
            for (int k = random.nextInt(8); k >= 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(thumbnail(bad).map(Thumbnail::width).orElse(1)).isPositive();
        }
    }

    /** 320 × 160, red on the left, white on the right. */
    private static final String LOSSY = "UklGRroAAABXRUJQVlA4IK4AAABwDwCdASpAAaAAPxGIv1ksKSajocgBgCIJaW7hdgEaHAAA7wX4"
            + "qquxVRQFwx0gvxOf49wx0gvxVYz+ssAuGOkF+KrGT/x7hjpBfiqxn9ZYBcMdIL8VWMn/j3DHSC/F"
            + "VjP6ywC4Y6QX4qsZP/HuGOkF+KrGf1lgFwx0gvxVYyf+PcMdGwAA/v6hH/+G1Vlbf//ln/eV6Id/"
            + "wJug0zY/1fT4IVHUKQeyBAAAAAAAAAA=";

    private static final String LOSSLESS = "UklGRiwAAABXRUJQVlA4TB8AAAAvP8EnEA8Q8x/zHwwyaZv6N923CraI/k+AKen9N2wAAA==";

    @Test
    void aPictureInWebpIsSeenToo() throws IOException {
        Thumbnail thumbnail = thumbnail(Base64.getDecoder().decode(LOSSY)).orElseThrow();
        assertThat(thumbnail.width()).isEqualTo(320);
        assertThat(thumbnail.height()).isEqualTo(160);
        BufferedImage small = TestPictures.read(thumbnail.jpeg());
        assertThat(small.getWidth()).isEqualTo(96);
        assertThat(small.getRGB(20, 20) >> 16 & 0xFF).isGreaterThan(180);
        assertThat(small.getRGB(20, 20) & 0xFF).isLessThan(60);
        assertThat(small.getRGB(80, 20) & 0xFFFFFF).isGreaterThan(0xE0E0E0);
    }

    /** A small file without losses could take any memory. */
    @Test
    void oneWithoutLossesIsNotLookedAt() throws IOException {
        assertThat(thumbnail(Base64.getDecoder().decode(LOSSLESS))).isEmpty();
    }

    /** Whatever is wrong with one, it is no picture or another one, and soon. */
    @Test
    @Timeout(60)
    void aDamagedOneHarmsNobody() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            byte[] damaged = Base64.getDecoder().decode(LOSSY);
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[16 + random.nextInt(damaged.length - 16)] = (byte) random.nextInt();
            }
            int length = round % 3 == 0 ? 17 + random.nextInt(damaged.length - 17) : damaged.length;
            thumbnail(Arrays.copyOf(damaged, length))
                    .ifPresent(seen -> assertThat(seen.width()).isPositive());
        }
    }
}
