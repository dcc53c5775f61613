package io.greenfinch.gateway.http;

import java.util.BitSet;
import java.util.Optional;

/**
 * Finds where a text stops being JSON and says so in the words that clients of GREEN-API know: those of Node's parser up
 * to version 18 (green-api.md §2.1). Positions count UTF-16 units from 0.
 *
 * <p>Only for texts that the real parser has refused; it builds nothing. Iterative, so that depth costs no stack.
 */
final class JsonSyntax {

    private static final char END = '\uFFFF';

    private final String text;
    private int at;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** The complaint about {@code text}; empty when it is well-formed. */
    static Optional<String> complaint(String text) {
        JsonSyntax scan = new JsonSyntax(text);
        return scan.document() ? Optional.empty() : Optional.of(scan.words());
    }

    private String words() {
        if (at >= text.length()) {
            return "Unexpected end of JSON input";
        }
        char c = text.charAt(at);
        if (c == '"') {
            return "Unexpected string in JSON at position " + at;
        }
        if (c == '-' || isDigit(c)) {
            return "Unexpected number in JSON at position " + at;
        }
        return "Unexpected token " + Character.toString(text.codePointAt(at)) + " in JSON at position " + at;
    }

    /** True when the whole text is one value; otherwise {@link #at} stands on what is wrong. */
    private boolean document() {
        BitSet objects = new BitSet();
        int depth = 0;
        boolean expectValue = true;
        while (true) {
            skipSpace();
            if (expectValue) {
                char c = peek();
                if (c == '{' || c == '[') {
                    at++;
                    skipSpace();
                    objects.set(depth++, c == '{');
                    if (peek() == (c == '{' ? '}' : ']')) {
                        at++;
                        depth--;
                        expectValue = false;
                    } else if (c == '{' && !key()) {
                        return false;
                    }
                } else if (scalar(c)) {
                    expectValue = false;
                } else {
                    return false;
                }
            } else if (depth == 0) {
                return at == text.length();
            } else {
                boolean object = objects.get(depth - 1);
                char c = peek();
                if (c == ',') {
                    at++;
                    skipSpace();
                    if (object && !key()) {
                        return false;
                    }
                    expectValue = true;
                } else if (c == (object ? '}' : ']')) {
                    at++;
                    depth--;
                } else {
                    return false;
                }
            }
        }
    }

    private boolean key() {
        if (peek() != '"' || !string()) {
            return false;
        }
        skipSpace();
        return accept(':');
    }

    private boolean scalar(char first) {
        return switch (first) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> (first == '-' || isDigit(first)) && number();
        };
    }

    private boolean string() {
        at++;
        while (true) {
            char c = peek();
            if (at >= text.length() || c < ' ') {
                return false;
            }
            at++;
            if (c == '"') {
                return true;
            }
            if (c == '\\' && !escape()) {
                return false;
            }
        }
    }

    private boolean escape() {
        char c = peek();
        if (c == 'u') {
            at++;
            for (int i = 0; i < 4; i++) {
                if (Character.digit(peek(), 16) < 0 || peek() > 'f') {
                    return false;
                }
                at++;
            }
            return true;
        }
        if (at >= text.length() || "\"\\/bfnrt".indexOf(c) < 0) {
            return false;
        }
        at++;
        return true;
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!accept(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        accept('-');
        if (accept('0')) {
            if (isDigit(peek())) {
                return false;
            }
        } else if (!digits()) {
            return false;
        }
        if (accept('.') && !digits()) {
            return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        return at > start;
    }

    private boolean accept(char wanted) {
        if (peek() != wanted || at >= text.length()) {
            return false;
        }
        at++;
        return true;
    }

    private void skipSpace() {
        while (" \t\n\r".indexOf(peek()) >= 0) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
