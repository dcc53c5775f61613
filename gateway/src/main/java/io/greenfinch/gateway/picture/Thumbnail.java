package io.greenfinch.gateway.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a picture looks like from afar, for those who have not fetched it yet. Immutable.
 *
 * @param jpeg small enough to be in a message; empty of a picture that is too large to be looked at
 * @param width of the picture itself, upright, in pixels
 */
public record Thumbnail(byte[] jpeg, int width, int height) {

    private static final Logger log = LoggerFactory.getLogger(Thumbnail.class);

    /** Of the longer side, in pixels. */
    private static final int SIDE = 96;

    /** Larger ones have none (green-api.md §5.3). */
    private static final int LARGEST_SIDE = 3000;

    private static final long LARGEST_FILE = 16L << 20;
    private static final int WHITE = 255;
    private static final byte[] WEBP = {'R', 'I', 'F', 'F', 'W', 'E', 'B', 'P', 'V', 'P', '8', ' '};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** Of a file; empty when that is no picture that is read, or nobody waits for it any more. */
    static Optional<Thumbnail> of(Path file, BooleanSupplier givenUp) {
        return of(file, SIDE, givenUp);
    }

    /** The picture itself in another size; empty also where it is too large to be looked at. */
    static Optional<Thumbnail> reduced(Path file, int side, BooleanSupplier givenUp) {
        return of(file, side, givenUp)
                .filter(picture -> picture.jpeg.length > 0)
                .map(picture -> {
                    double scale = scale(picture.width, picture.height, side);
                    return new Thumbnail(picture.jpeg, scaled(picture.width, scale), scaled(picture.height, scale));
                });
    }

    private static double scale(int width, int height, int side) {
        return Math.min(1, (double) side / Math.max(width, height));
    }

    private static int scaled(int length, double scale) {
        return Math.max(1, (int) Math.round(length * scale));
    }

    private static Optional<Thumbnail> of(Path file, int side, BooleanSupplier givenUp) {
        try {
            if (givenUp.getAsBoolean() || Files.size(file) > LARGEST_FILE) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            if (isJpeg(bytes)) {
                // Walked first, so that one that would cost too much is none.
                JpegFile jpeg = JpegFile.of(bytes);
                return read("jpeg", jpeg.bytes(), jpeg.orientation(), side, givenUp);
            }
            if (isPng(bytes)) {
                return read("png", bytes, 1, side, givenUp);
            }
            return isWebp(bytes) ? read("webp", bytes, 1, side, givenUp) : Optional.empty();
        } catch (IOException | JpegFile.NotReadable | RuntimeException e) {
            // Whatever a reader stumbles over lies in the bytes that it was given.
            log.debug("A picture has no thumbnail: {}", e.toString());
            return Optional.empty();
        }
    }

    private static boolean isJpeg(byte[] bytes) {
        return bytes.length > 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xD8;
    }

    private static boolean isPng(byte[] bytes) {
        return bytes.length > PNG.length && Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length);
    }

    /**
     * A RIFF file whose form is WEBP, and which begins with a picture with losses. Those without losses, and transparency, are read by a
     * decoder that a small file can make to take any memory.
     */
    private static boolean isWebp(byte[] bytes) {
        return bytes.length > 16 && Arrays.equals(bytes, 0, 4, WEBP, 0, 4) && Arrays.equals(bytes, 8, 16, WEBP, 4, 12);
    }

    private static Optional<Thumbnail> read(
            String format, byte[] bytes, int orientation, int side, BooleanSupplier givenUp) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new JpegCodec.Source(bytes, givenUp))) {
            reader.addIIOReadProgressListener(new JpegCodec.Watcher(givenUp));
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1) {
                return Optional.empty();
            }
            boolean turned = orientation > 4;
            byte[] jpeg = Math.max(width, height) > LARGEST_SIDE
                    ? new byte[0]
                    : small(reader, width, height, orientation, side);
            return givenUp.getAsBoolean()
                    ? Optional.empty()
                    : Optional.of(new Thumbnail(jpeg, turned ? height : width, turned ? width : height));
        } finally {
            reader.dispose();
        }
    }

    private static byte[] small(ImageReader reader, int width, int height, int orientation, int side)
            throws IOException {
        int longer = Math.max(width, height);
        ImageReadParam how = reader.getDefaultReadParam();
        int step = Math.max(1, longer / (2 * side));
        how.setSourceSubsampling(step, step, 0, 0);
        BufferedImage image = reader.read(0, how);
        // Of the whole picture, so that what is left out in between moves nothing.
        double scale = scale(width, height, side);
        int across = Math.min(image.getWidth(), scaled(width, scale));
        int down = Math.min(image.getHeight(), scaled(height, scale));
        boolean turned = orientation > 4;
        int[] pixels = new int[across * down];
        for (int y = 0; y < down; y++) {
            for (int x = 0; x < across; x++) {
                pixels[place(x, y, across, down, orientation)] = average(image, x, y, across, down);
            }
        }
        return JpegCodec.written(pixels, turned ? down : across, turned ? across : down);
    }

    /** Where a pixel is when the picture is upright (Exif 2.32, tag 274). */
    private static int place(int x, int y, int across, int down, int orientation) {
        return switch (orientation) {
            case 2 -> y * across + across - 1 - x;
            case 3 -> (down - 1 - y) * across + across - 1 - x;
            case 4 -> (down - 1 - y) * across + x;
            case 5 -> x * down + y;
            case 6 -> x * down + down - 1 - y;
            case 7 -> (across - 1 - x) * down + down - 1 - y;
            case 8 -> (across - 1 - x) * down + y;
            default -> y * across + x;
        };
    }

    /** Of all pixels that become this one, before a white ground where they are transparent. */
    private static int average(BufferedImage image, int x, int y, int across, int down) {
        int left = x * image.getWidth() / across;
        int top = y * image.getHeight() / down;
        int right = Math.max(left + 1, (x + 1) * image.getWidth() / across);
        int bottom = Math.max(top + 1, (y + 1) * image.getHeight() / down);
        int count = (right - left) * (bottom - top);
        int[] sums = new int[3];
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                int pixel = image.getRGB(column, row);
                int opaque = pixel >>> 24;
                for (int i = 0; i < 3; i++) {
                    int value = pixel >> (16 - 8 * i) & 0xFF;
                    sums[i] += (value * opaque + WHITE * (WHITE - opaque)) / WHITE;
                }
            }
        }
        return (sums[0] / count) << 16 | (sums[1] / count) << 8 | sums[2] / count;
    }

    @Override
    public String toString() {
        return "Thumbnail[" + width + "x" + height + "]";
    }
}
