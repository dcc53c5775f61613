package io.greenfinch.gateway.account;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A text as a QR code in a black-and-white PNG. Written by hand because the Java desktop module would cost a server more
 * memory than all its sessions.
 */
final class QrPicture {

    private static final int PIXELS = 400;
    private static final int QUIET_ZONE = 4;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte BITS_PER_PIXEL = 1;
    private static final byte GREYSCALE = 0;

    private QrPicture() {}

    static byte[] png(String text) {
        BitMatrix matrix = matrix(text);
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(matrix.getWidth())
                .putInt(matrix.getHeight())
                .put(BITS_PER_PIXEL)
                .put(GREYSCALE);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", deflated(rows(matrix)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static BitMatrix matrix(String text) {
        try {
            return new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            PIXELS,
                            PIXELS,
                            Map.of(
                                    EncodeHintType.MARGIN,
                                    QUIET_ZONE,
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.L));
        } catch (WriterException e) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters fits no QR code", e);
        }
    }

    /** Each row: filter type 0, then eight pixels a byte, 1 for white. */
    private static byte[] rows(BitMatrix matrix) {
        int rowBytes = (matrix.getWidth() + 7) / 8;
        byte[] rows = new byte[(rowBytes + 1) * matrix.getHeight()];
        for (int y = 0; y < matrix.getHeight(); y++) {
            int row = y * (rowBytes + 1) + 1;
            for (int x = 0; x < matrix.getWidth(); x++) {
                if (!matrix.get(x, y)) {
                    rows[row + x / 8] |= (byte) (0x80 >> (x % 8));
                }
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] data) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(data);
            deflater.finish();
            byte[] packed = new byte[data.length + 64]; // as it is packs to a few bytes more
            return Arrays.copyOf(packed, deflater.deflate(packed));
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] named = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 check = new CRC32();
        check.update(named);
        png.writeBytes(ByteBuffer.allocate(8 + named.length)
                .putInt(data.length)
                .put(named)
                .putInt((int) check.getValue())
                .array());
    }
}
