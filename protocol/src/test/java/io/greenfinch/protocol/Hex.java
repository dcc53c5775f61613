package io.greenfinch.protocol;

import java.util.HexFormat;

/** Bytes written out in tests. */
public final class Hex {

    private Hex() {}

    /** The bytes of hexadecimal text; white space is for the reader. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    public static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
