package io.greenfinch.protocol.binary;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Compressed stanzas (specification §5.1). */
final class Deflated {

    private Deflated() {}

    /** An encoded stanza, its flag byte replaced, the rest compressed. */
    static byte[] of(byte[] frame) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(frame, 1, frame.length - 1);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0x02);
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }
}
