package io.greenfinch.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Bytes written out in tests. */
public final class Hex {

    private Hex() {}

    /** The bytes of hexadecimal text; white space is for the reader. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    /** The bytes of a resource beside {@code test} that holds hexadecimal text. */
    public static byte[] resource(Class<?> test, String name) {
        return hex(String.join("", lines(test, name)));
    }

    /** The lines of a resource beside {@code test}, without comments. */
    public static List<String> lines(Class<?> test, String name) {
        try (InputStream in = Objects.requireNonNull(test.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
