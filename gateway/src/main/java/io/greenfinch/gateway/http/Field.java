package io.greenfinch.gateway.http;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A known field of a request body and what may stand in it. Immutable.
 *
 * @param name its exact name
 * @param required whether it must be there; an optional field that is {@code null} counts as absent
 * @param rule what its value must be
 */
public record Field(String name, boolean required, Rule rule) {

    /** What a value must be. */
    @FunctionalInterface
    public interface Rule {
        /** The detail to answer, naming the field as {@code name} says; empty when the value is right. */
        Optional<String> complaint(String name, JsonNode value);

        /** This rule first, then {@code next}. */
        default Rule and(Rule next) {
            return (name, value) -> complaint(name, value).or(() -> next.complaint(name, value));
        }
    }

    public static Field required(String name, Rule rule) {
        return new Field(name, true, rule);
    }

    public static Field optional(String name, Rule rule) {
        return new Field(name, false, rule);
    }

    /**
     * A file with at least one byte. In the body stands its size.
     *
     * @param maxBytes a larger one is refused while it comes
     */
    public record FileRule(long maxBytes) implements Rule {
        @Override
        public Optional<String> complaint(String name, JsonNode value) {
            return value.asLong(0) == 0 ? wrong(name, "is not allowed to be empty") : Optional.empty();
        }
    }

    /** A file in a form (green-api.md §1.3). */
    public static Rule file(long maxBytes) {
        return new FileRule(maxBytes);
    }

    /** Any text, also an empty one. */
    public static Rule text() {
        return (name, value) -> value.isString() ? Optional.empty() : wrong(name, "must be a string");
    }

    /** A text of at most {@code max} characters, also an empty one. */
    public static Rule text(int max) {
        return text().and((name, value) -> notLonger(max, name, value.stringValue()));
    }

    /** A text with at least one character. */
    public static Rule filledText() {
        return (name, value) -> {
            if (!value.isString()) {
                return wrong(name, "must be a string");
            }
            return value.stringValue().isEmpty() ? wrong(name, "is not allowed to be empty") : Optional.empty();
        };
    }

    /** A filled text of at most {@code max} characters. */
    public static Rule filledText(int max) {
        return filledText().and((name, value) -> notLonger(max, name, value.stringValue()));
    }

    private static Optional<String> notLonger(int max, String name, String text) {
        return text.codePointCount(0, text.length()) <= max
                ? Optional.empty()
                : wrong(name, "length must be less than or equal to " + max + " characters long");
    }

    /** A filled text of one of the formats that {@code pattern} describes and {@code formats} names. */
    public static Rule format(Pattern pattern, String formats) {
        return filledText()
                .and((name, value) -> pattern.matcher(value.stringValue()).matches()
                        ? Optional.empty()
                        : wrong(name, "must be one of the next formats: " + formats));
    }

    /** {@code true} or {@code false}. */
    public static Rule flag() {
        return (name, value) -> value.isBoolean() ? Optional.empty() : wrong(name, "must be a boolean");
    }

    /** {@code "yes"} or {@code "no"}. */
    public static Rule yesNo() {
        return text().and((name, value) ->
                value.stringValue().equals("yes") || value.stringValue().equals("no")
                        ? Optional.empty()
                        : wrong(name, "must be one of [yes, no]"));
    }

    /** A whole number between the limits. */
    public static Rule integer(long min, long max) {
        return (name, value) -> {
            if (!value.isNumber()) {
                return wrong(name, "must be a number");
            }
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                return wrong(name, "must be an integer");
            }
            if (value.longValue() < min) {
                return wrong(name, "must be greater than or equal to " + min);
            }
            return value.longValue() > max ? wrong(name, "must be less than or equal to " + max) : Optional.empty();
        };
    }

    /** An array of {@code min} to {@code max} values, no two of them equal, each as {@code item} says. */
    public static Rule array(int min, int max, Rule item) {
        return (name, value) -> {
            if (!value.isArray()) {
                return wrong(name, "must be an array");
            }
            if (value.size() < min) {
                return wrong(name, "must contain at least " + min + " items");
            }
            if (value.size() > max) {
                return wrong(name, "must contain less than or equal to " + max + " items");
            }
            Set<JsonNode> seen = new HashSet<>();
            for (int i = 0; i < value.size(); i++) {
                String element = name + "[" + i + "]";
                Optional<String> complaint = item.complaint(element, value.get(i));
                if (complaint.isPresent()) {
                    return complaint;
                }
                if (!seen.add(value.get(i))) {
                    return wrong(element, "contains a duplicate value");
                }
            }
            return Optional.empty();
        };
    }

    private static Optional<String> wrong(String name, String what) {
        return Optional.of("'" + name + "' " + what);
    }
}
