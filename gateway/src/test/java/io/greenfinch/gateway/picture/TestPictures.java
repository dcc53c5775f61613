package io.greenfinch.gateway.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures for tests, and what is in them. */
public final class TestPictures {

    private TestPictures() {}

    /** A picture whose pixels {@code colour} gives by column and row. */
    public static byte[] picture(String format, int width, int height, IntBinaryOperator colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour.applyAsInt(x, y));
            }
        }
        return written(image, format);
    }

    static byte[] written(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A JPEG of one colour. */
    public static byte[] jpeg(int width, int height, int colour) {
        return picture("jpeg", width, height, (x, y) -> colour);
    }

    /** Reads a picture. */
    public static BufferedImage read(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same JPEG with a segment behind its beginning. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.write(0xFF);
        bytes.write(marker);
        bytes.write((content.length + 2) >> 8);
        bytes.write(content.length + 2);
        bytes.writeBytes(content);
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }

    /** The same JPEG with a camera's note of how it was held. */
    static byte[] held(byte[] jpeg, int orientation) {
        byte[] exif = {
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            2,
            1,
            0,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            7,
            0,
            0,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0
        };
        return withSegment(jpeg, 0xE1, exif);
    }

    /** A progressive JPEG. */
    static byte[] progressive(int width, int height, IntBinaryOperator colour) {
        BufferedImage image = read(picture("png", width, height, colour));
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same JPEG with another size in its header. */
    public static byte[] claiming(byte[] jpeg, int width, int height) {
        byte[] changed = jpeg.clone();
        int frame = frame(jpeg);
        changed[frame + 5] = (byte) (height >> 8);
        changed[frame + 6] = (byte) height;
        changed[frame + 7] = (byte) (width >> 8);
        changed[frame + 8] = (byte) width;
        return changed;
    }

    /** Where the frame header begins. */
    static int frame(byte[] jpeg) {
        for (int at = 2; at < jpeg.length; at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF))) {
            if (jpeg[at + 1] == (byte) 0xC0 || jpeg[at + 1] == (byte) 0xC2) {
                return at;
            }
        }
        throw new IllegalArgumentException("no frame in " + Arrays.toString(jpeg));
    }
}
