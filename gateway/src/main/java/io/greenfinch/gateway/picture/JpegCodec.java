package io.greenfinch.gateway.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
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

/** The JDK's JPEG reader and writer. */
final class JpegCodec {

    private static final String JPEG = "jpeg";
    private static final float QUALITY = 0.88f;

    private JpegCodec() {}

    /**
     * Reads the middle square, leaving out rows and columns where it is far larger than needed.
     *
     * @param side how many pixels are needed
     * @param givenUp asked now and then; once it says so the work ends
     * @throws JpegFile.NotReadable when the coded data is no picture
     */
    static Square middle(JpegFile jpeg, int side, BooleanSupplier givenUp) throws JpegFile.NotReadable {
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
            return square(reader.read(0, how), jpeg.grey());
        } catch (IOException | RuntimeException e) {
            // Whatever the reader stumbles over lies in the bytes it was given.
            throw new JpegFile.NotReadable("must be a complete JPEG image", e);
        } finally {
            reader.dispose();
        }
    }

    /** The coded bytes, which run dry when nobody waits any more: several passes may go by without a word of progress. */
    static final class Source extends ByteArrayInputStream {
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
    record Watcher(BooleanSupplier givenUp) implements IIOReadProgressListener {

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

    private static Square square(BufferedImage image, boolean grey) {
        int side = Math.min(image.getWidth(), image.getHeight());
        if (!grey) {
            return new Square(image.getRGB(0, 0, side, side, null, 0, side), side);
        }
        // The samples themselves: as a colour, Java would make them lighter.
        int[] samples = image.getRaster().getSamples(0, 0, side, side, 0, (int[]) null);
        return new Square(
                Arrays.stream(samples).map(sample -> sample * 0x010101).toArray(), side);
    }

    /** Writes a square as a JPEG. */
    static byte[] written(Square square) throws IOException {
        return written(square.pixels(), square.side(), square.side());
    }

    /** Writes pixels, row by row, as a JPEG. */
    static byte[] written(int[] pixels, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
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
