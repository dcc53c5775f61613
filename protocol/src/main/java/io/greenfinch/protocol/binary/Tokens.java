package io.greenfinch.protocol.binary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token tables of dictionary version 3 (specification §5.3), one resource a table, one token a line. */
final class Tokens {

    static final int DICTIONARIES = 4;
    static final int DICTIONARY_SIZE = 256;

    /** Index 0 stands for "no value" and has no token. */
    private static final List<String> SINGLE = load("single-byte-tokens.txt");

    private static final List<List<String>> DOUBLE = loadDictionaries();
    private static final Map<String, Integer> CODES = codes();

    private Tokens() {}

    /** The token with this single-byte code (1…235), or null. */
    static @Nullable String single(int code) {
        return code >= 1 && code <= SINGLE.size() ? SINGLE.get(code - 1) : null;
    }

    static String ofDictionary(int dictionary, int index) {
        return DOUBLE.get(dictionary).get(index);
    }

    /**
     * The code of a token: below 256 a single byte, else {@code 256 + 256 * dictionary + index}; -1 when the text is no
     * token.
     */
    static int code(String text) {
        return CODES.getOrDefault(text, -1);
    }

    static List<String> singleTable() {
        return SINGLE;
    }

    static List<String> dictionary(int number) {
        return DOUBLE.get(number);
    }

    private static List<List<String>> loadDictionaries() {
        List<List<String>> tables = new ArrayList<>();
        for (int i = 0; i < DICTIONARIES; i++) {
            tables.add(load("dictionary-" + i + ".txt"));
        }
        return List.copyOf(tables);
    }

    private static Map<String, Integer> codes() {
        Map<String, Integer> codes = new HashMap<>();
        for (int dictionary = DICTIONARIES - 1; dictionary >= 0; dictionary--) {
            for (int i = DICTIONARY_SIZE - 1; i >= 0; i--) {
                codes.put(DOUBLE.get(dictionary).get(i), 256 + 256 * dictionary + i);
            }
        }
        for (int i = SINGLE.size() - 1; i >= 0; i--) {
            codes.put(SINGLE.get(i), i + 1);
        }
        return Map.copyOf(codes);
    }

    private static List<String> load(String resource) {
        try (InputStream in = Tokens.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("token table " + resource + " is missing from the build");
            }
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
