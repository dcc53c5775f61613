package io.greenfinch.protocol.binary;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Compressed stanzas, made readable (specification §5.1). */
final class Inflated {

    /** A compressed stanza may not grow beyond this many bytes. */
    static final int MAX = 32 << 20;

    private Inflated() {}

    /**
     * What is compressed behind the flag byte of {@code frame}.
     *
     * @throws MalformedStanzaException when it can't be inflated, or becomes too large
     */
    static byte[] of(byte[] frame) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(frame, 1, frame.length - 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(frame.length * 4, 1 << 16));
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw new MalformedStanzaException("compressed stanza is cut short");
                }
                out.write(buffer, 0, count);
                if (out.size() > MAX) {
                    throw new MalformedStanzaException("compressed stanza is larger than " + MAX);
                }
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new MalformedStanzaException("compressed stanza can't be inflated", e);
        }
    }
}
