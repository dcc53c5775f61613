package io.greenfinch.simulator;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Pictures to hold a phone in front of. */
final class TestQr {

    private static final int SIDE = 400;

    private TestQr() {}

    static byte[] png(String text) throws WriterException, IOException {
        return png(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, SIDE, SIDE));
    }

    static byte[] blank() throws IOException {
        return png(new BitMatrix(SIDE));
    }

    private static byte[] png(BitMatrix modules) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, modules.get(x, y) ? 0xFF000000 : 0xFFFFFFFF);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
