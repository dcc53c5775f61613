package io.greenfinch.gateway.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The JDK's JPEG reader and writer, on pixels of three bytes: red, green, blue. */
final class JpegCodec {

    private static final String JPEG = "jpeg";
    private static final float QUALITY = 0.88f;

    private JpegCodec() {}

    /** A square of pixels. */
    record Pixels(byte[] rgb, int side) {}

    /**
     * Reads the middle square, leaving out rows and columns where it is far larger than needed.
     *
     * @param side how many pixels are needed
     * @param givenUp asked now and then; once it says so the work ends
     * @throws JpegFile.NotReadable when the coded data is no picture
     */
    static Pixels middle(JpegFile jpeg, int side, BooleanSupplier givenUp) throws JpegFile.NotReadable {
        int smaller = Math.min(jpeg.width(), jpeg.height());
        int step = Math.max(1, smaller / (2 * side));
        ImageReader reader = ImageIO.getImageReadersByFormatName(JPEG).next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new Source(jpeg.bytes(), givenUp))) {
            reader.addIIOReadProgressListener(new Watcher(givenUp));
            reader.setInput(in, true, true);
            ImageReadParam how = reader.getDefaultReadParam();
            how.setSourceRegion(
                    new Rectangle((jpeg.width() - smaller) / 2, (jpeg.height() - smaller) / 2, smaller, smaller));
            how.setSourceSubsampling(step, step, 0, 0);
            return pixels(reader.read(0, how), jpeg.grey());
        } catch (IOException | RuntimeException e) {
            // Whatever the reader stumbles over lies in the bytes it was given.
            throw new JpegFile.NotReadable("must be a complete JPEG image", e);
        } finally {
            reader.dispose();
        }
    }

    /** The coded bytes, which run dry when nobody waits any more: several passes may go by without a word of progress. */
    private static final class Source extends ByteArrayInputStream {
        private final BooleanSupplier givenUp;

        Source(byte[] bytes, BooleanSupplier givenUp) {
            super(bytes);
            this.givenUp = givenUp;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return givenUp.getAsBoolean() ? -1 : super.read(into, offset, length);
        }
    }

    /** Ends the work between two rows. The reader may be touched by its own thread only. */
    private record Watcher(BooleanSupplier givenUp) implements IIOReadProgressListener {

        @Override
        public void imageProgress(ImageReader source, float percent) {
            if (givenUp.getAsBoolean()) {
                source.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader source, int first) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int index) {}

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int image, int thumbnail) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percent) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }

    private static Pixels pixels(BufferedImage image, boolean grey) {
        int side = Math.min(image.getWidth(), image.getHeight());
        byte[] rgb = new byte[side * side * 3];
        if (grey) {
            Raster raster = image.getRaster();
            int[] row = new int[side];
            for (int y = 0; y < side; y++) {
                raster.getSamples(0, y, side, 1, 0, row);
                for (int x = 0; x < side; x++) {
                    put(rgb, y * side + x, row[x], row[x], row[x]);
                }
            }
        } else {
            int[] row = new int[side];
            for (int y = 0; y < side; y++) {
                image.getRGB(0, y, side, 1, row, 0, side);
                for (int x = 0; x < side; x++) {
                    put(rgb, y * side + x, row[x] >> 16, row[x] >> 8, row[x]);
                }
            }
        }
        return new Pixels(rgb, side);
    }

    private static void put(byte[] rgb, int pixel, int red, int green, int blue) {
        rgb[pixel * 3] = (byte) red;
        rgb[pixel * 3 + 1] = (byte) green;
        rgb[pixel * 3 + 2] = (byte) blue;
    }

    /** Writes a square as a JPEG. */
    static byte[] written(byte[] rgb, int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int at = (y * side + x) * 3;
                row[x] = (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
            }
            image.setRGB(0, y, side, 1, row, 0, side);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName(JPEG).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
