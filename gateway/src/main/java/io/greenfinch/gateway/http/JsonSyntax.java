package io.greenfinch.gateway.http;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where a text stops being JSON and says so in the words that clients of GREEN-API know: those of Node's parser up
 * to version 18 (green-api.md §2.1). Positions count UTF-16 units from 0.
 *
 * <p>Only for texts that the real parser has refused; it builds nothing. Neither depth nor length costs stack: it is
 * iterative, and its expressions are possessive.
 */
final class JsonSyntax {

    private static final char END = '\uFFFF';

    private static final String CHARACTERS = "\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+";

    /** A text, literal or number. */
    private static final Pattern SCALAR = Pattern.compile(CHARACTERS + "\"|true|false|null"
            + "|-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][-+]?+[0-9]++|(?![.eE]))");

    /** As much of something else as could be the beginning of one, maybe nothing. */
    private static final Pattern BEGINNING = Pattern.compile(CHARACTERS + "(?:\\\\(?:u[0-9a-fA-F]{0,3}+)?+)?+"
            + "|t(?:ru?+)?+|f(?:a(?:ls?+)?+)?+|n(?:ul?+)?+"
            + "|-?+(?:(?:0|[1-9][0-9]*+)(?:\\.(?:[0-9]++(?:[eE][-+]?+)?+)?+|[eE][-+]?+)?+)?+");

    private final String text;
    private final Matcher matcher;
    private int at;

    private JsonSyntax(String text) {
        this.text = text;
        this.matcher = SCALAR.matcher(text);
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
        if (c == '-' || (c >= '0' && c <= '9')) {
            return "Unexpected number in JSON at position " + at;
        }
        return "Unexpected token " + Character.toString(text.codePointAt(at)) + " in JSON at position " + at;
    }

    /** True when the whole text is one value; otherwise {@link #at} stands on what is wrong. */
    private boolean document() {
        BitSet objects = new BitSet();
        int depth = 0;
        while (true) {
            char first = next();
            boolean object = first == '{';
            if (object || first == '[') {
                at++;
                if (!accept(object ? '}' : ']')) {
                    objects.set(depth++, object);
                    if (object && !key()) {
                        return false;
                    }
                    continue; // with the first value in it
                }
            } else if (!scalar()) {
                return false;
            }
            while (depth > 0 && accept(objects.get(depth - 1) ? '}' : ']')) {
                depth--;
            }
            if (depth == 0) {
                next();
                return at == text.length();
            }
            if (!accept(',') || (objects.get(depth - 1) && !key())) {
                return false;
            }
        }
    }

    private boolean key() {
        return next() == '"' && scalar() && accept(':');
    }

    private boolean scalar() {
        boolean whole = lookingAt(SCALAR) || !lookingAt(BEGINNING);
        at = matcher.end();
        return whole;
    }

    private boolean lookingAt(Pattern pattern) {
        return matcher.usePattern(pattern).region(at, text.length()).lookingAt();
    }

    private boolean accept(char wanted) {
        boolean found = next() == wanted;
        if (found) {
            at++;
        }
        return found;
    }

    /** What comes after white space. */
    private char next() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }
}
