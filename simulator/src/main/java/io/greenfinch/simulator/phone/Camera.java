package io.greenfinch.simulator.phone;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The camera of a phone: reads a QR code off a clean picture. */
public final class Camera {

    /** More is no picture of a code. */
    private static final long MOST_PIXELS = 16_000_000;

    private Camera() {}

    /** What the code in a picture (PNG, JPEG, GIF, BMP) says; empty when it is no picture, too large, or shows no code. */
    public static Optional<String> read(byte[] picture) {
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            return readers.hasNext() ? read(readers.next(), in) : Optional.empty();
        } catch (IOException | ReaderException | RuntimeException e) {
            return Optional.empty(); // whatever the readers stumble over lies in the bytes that they were given
        }
    }

    private static Optional<String> read(ImageReader reader, MemoryCacheImageInputStream in)
            throws IOException, ReaderException {
        try {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > MOST_PIXELS) {
                return Optional.empty();
            }
            BufferedImage image = reader.read(0);
            int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
            var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
            return Optional.of(text(bitmap));
        } finally {
            reader.dispose();
        }
    }

    /** A code as a program draws it, else one in a photograph: the second way misses some that are perfectly drawn. */
    private static String text(BinaryBitmap bitmap) throws ReaderException {
        QRCodeReader reader = new QRCodeReader();
        try {
            return reader.decode(bitmap, Map.of(DecodeHintType.PURE_BARCODE, true))
                    .getText();
        } catch (ReaderException e) {
            reader.reset();
            return reader.decode(bitmap).getText();
        }
    }
}
