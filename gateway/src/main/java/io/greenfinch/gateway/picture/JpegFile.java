package io.greenfinch.gateway.picture;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A JPEG whose structure was walked without decoding anything, so that one that would cost too much is refused first
 * (ITU-T T.81, annex B). Immutable.
 *
 * @param bytes the same picture without comments, camera data, colour profiles and thumbnails
 * @param orientation how the camera was held: the number 1 to 8 that Exif has for it
 */
record JpegFile(int width, int height, boolean progressive, boolean grey, int orientation, byte[] bytes) {

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DQT = 0xDB;
    private static final int DHT = 0xC4;
    private static final int DRI = 0xDD;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;

    /** Each one is a pass over the whole picture; cameras and programs make up to about a dozen. */
    private static final int MAX_SCANS = 40;

    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
    private static final byte[] PLAIN_JFIF = {
        (byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };
    private static final int ORIENTATION_TAG = 0x0112;

    /** These bytes are no JPEG, or none of the kind that we read. The message goes to whoever sent it. */
    static final class NotReadable extends Exception {
        private static final long serialVersionUID = 1L;

        NotReadable(String message) {
            super(message);
        }

        NotReadable(String message, Exception cause) {
            super(message, cause);
        }
    }

    /**
     * Takes a file apart.
     *
     * @throws NotReadable for everything that is no complete baseline or progressive JPEG of 8 bits in grey or three
     *     colours
     */
    static JpegFile of(byte[] file) throws NotReadable {
        return new Walk(file).run();
    }

    /** One pass over a file. */
    private static final class Walk {
        private final ByteBuffer file;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private int width;
        private int height;
        private int components;
        private int orientation = 1;
        private int scans;
        private boolean progressive;
        private boolean jfif;

        Walk(byte[] file) {
            this.file = ByteBuffer.wrap(file);
        }

        JpegFile run() throws NotReadable {
            if (file.remaining() < 4 || next() != 0xFF || next() != SOI) {
                throw new NotReadable("must be a JPEG image");
            }
            try {
                for (int marker = marker(); marker != EOI; marker = marker()) {
                    segment(marker);
                }
            } catch (BufferUnderflowException e) {
                throw new NotReadable("must be a complete JPEG image", e);
            }
            if (width == 0 || scans == 0) {
                throw broken();
            }
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(new byte[] {(byte) 0xFF, (byte) SOI});
            if (jfif) {
                whole.writeBytes(PLAIN_JFIF);
            }
            whole.writeBytes(kept.toByteArray());
            whole.writeBytes(new byte[] {(byte) 0xFF, (byte) EOI});
            return new JpegFile(width, height, progressive, components == 1, orientation, whole.toByteArray());
        }

        private int next() {
            return file.get() & 0xFF;
        }

        private int marker() throws NotReadable {
            if (next() != 0xFF) {
                throw broken();
            }
            int marker = next();
            while (marker == 0xFF) {
                marker = next(); // may be repeated to fill up
            }
            return marker;
        }

        private void segment(int marker) throws NotReadable {
            int from = file.position() - 1;
            int length = file.getShort() & 0xFFFF;
            if (length < 2) {
                throw broken();
            }
            byte[] content = new byte[length - 2];
            file.get(content);
            boolean dropped = (marker >= APP0 && marker <= APP15 && marker != APP14) || marker == COM;
            switch (marker) {
                case 0xC0, 0xC1, 0xC2 -> frame(marker, content);
                case APP0 -> jfif |= startsWith(content, JFIF);
                case APP1 -> orientation = startsWith(content, EXIF) ? exif(content) : orientation;
                case SOS -> scan();
                case APP14, DQT, DHT, DRI -> {}
                default -> {
                    if (!dropped) {
                        throw new NotReadable("must be a baseline or progressive JPEG image");
                    }
                }
            }
            if (!dropped) {
                kept.write(0xFF);
                kept.write(file.array(), from, file.position() - from);
            }
        }

        private void frame(int marker, byte[] content) throws NotReadable {
            if (width != 0 || content.length < 6) {
                throw broken();
            }
            if (content[0] != 8) {
                throw new NotReadable("must be a JPEG image with 8 bits per colour");
            }
            progressive = marker == 0xC2;
            ByteBuffer frame = ByteBuffer.wrap(content);
            height = frame.getShort(1) & 0xFFFF;
            width = frame.getShort(3) & 0xFFFF;
            components = frame.get(5) & 0xFF;
            if (width == 0 || height == 0) {
                throw broken();
            }
            if (components != 1 && components != 3) {
                throw new NotReadable("must be a JPEG image in RGB colours or grey");
            }
        }

        /** Skips coded data: in it, a byte FF is followed by 00 or is the beginning of a restart marker. */
        private void scan() throws NotReadable {
            if (++scans > MAX_SCANS) {
                throw new NotReadable("must be a JPEG image with at most " + MAX_SCANS + " scans");
            }
            while (true) {
                int next = next() == 0xFF ? next() : 0;
                if (next != 0 && (next < 0xD0 || next > 0xD7)) {
                    file.position(file.position() - 2);
                    return;
                }
            }
        }

        /** The orientation in camera data; 1, upright, when there is none that makes sense. */
        private static int exif(byte[] content) {
            ByteBuffer tiff = ByteBuffer.wrap(content).slice(EXIF.length, content.length - EXIF.length);
            if (tiff.remaining() < 8) {
                return 1;
            }
            tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            if (directory < 8 || directory > tiff.limit() - 2) {
                return 1;
            }
            int entries = tiff.getShort(directory) & 0xFFFF;
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + i * 12;
                if (entry > tiff.limit() - 12) {
                    return 1;
                }
                if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION_TAG) {
                    int value = tiff.getShort(entry + 8) & 0xFFFF;
                    return value >= 1 && value <= 8 ? value : 1;
                }
            }
            return 1;
        }

        private static boolean startsWith(byte[] content, byte[] what) {
            return content.length >= what.length && Arrays.equals(Arrays.copyOf(content, what.length), what);
        }

        private static NotReadable broken() {
            return new NotReadable("must be a complete JPEG image");
        }
    }

    @Override
    public String toString() {
        return "JpegFile[" + width + "x" + height + "]";
    }
}
