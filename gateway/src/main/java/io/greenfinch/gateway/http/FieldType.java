package io.greenfinch.gateway.http;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.POJONode;

/**
 * What may stand in a field of a request: it checks, reads and describes a value. Immutable.
 *
 * @param rule what a value must be
 * @param reader makes of a value that passed what the method works with
 * @param shape how it is described
 * @param fileBytes for a file, how many bytes at most; 0 for everything else
 */
public record FieldType<T>(Rule rule, Function<JsonNode, T> reader, Shape shape, long fileBytes) {

    /** Blanks of all alphabets, controls, and what has no width. */
    private static final Pattern BLANK = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}]*");

    /** What a value must be. */
    @FunctionalInterface
    public interface Rule {
        /** The detail to answer, naming the field as {@code name} says; empty when the value is right. */
        Optional<String> complaint(String name, JsonNode value);
    }

    /** Whatever is sent. */
    public static final FieldType<JsonNode> ANY =
            new FieldType<>((name, value) -> Optional.empty(), value -> value, Shape.ANY, 0);

    /** Any text, also an empty one. */
    public static final FieldType<String> TEXT =
            new FieldType<>(is(JsonNode::isString, "must be a string"), JsonNode::stringValue, Shape.TEXT, 0);

    /** A text with at least one character. */
    public static final FieldType<String> FILLED_TEXT = TEXT.and(
                    is(value -> !value.stringValue().isEmpty(), "is not allowed to be empty"))
            .shaped(Shape.FILLED);

    /** A text of which something can be seen. */
    public static final FieldType<String> VISIBLE_TEXT = TEXT.and(
                    is(value -> !BLANK.matcher(value.stringValue()).matches(), "is not allowed to be empty"))
            .shaped(Shape.FILLED.with("pattern", Json.of("\\S")));

    /** {@code true} or {@code false}. */
    public static final FieldType<Boolean> FLAG =
            new FieldType<>(is(JsonNode::isBoolean, "must be a boolean"), JsonNode::booleanValue, Shape.FLAG, 0);

    /** {@code "yes"} or {@code "no"}. */
    public static final FieldType<String> YES_NO = TEXT.and(
                    is(value -> Set.of("yes", "no").contains(value.stringValue()), "must be one of [yes, no]"))
            .shaped(Shape.words("yes", "no"));

    /** This type for values that another rule has nothing against either. */
    public FieldType<T> and(Rule next) {
        Rule both = (name, value) -> rule.complaint(name, value).or(() -> next.complaint(name, value));
        return new FieldType<>(both, reader, shape, fileBytes);
    }

    /** Read as something else. */
    public <U> FieldType<U> as(Function<T, U> made) {
        return new FieldType<>(rule, value -> made.apply(reader.apply(value)), shape, fileBytes);
    }

    /** Described in another way. */
    public FieldType<T> shaped(Shape other) {
        return new FieldType<>(rule, reader, other, fileBytes);
    }

    /** Described by one more keyword of JSON schema. */
    public FieldType<T> describedBy(String keyword, JsonNode value) {
        return shaped(shape.with(keyword, value));
    }

    /** A rule that complains in these words about every value that fails a test. */
    public static Rule is(Predicate<JsonNode> test, String words) {
        return (name, value) -> test.test(value) ? Optional.empty() : Optional.of("'" + name + "' " + words);
    }

    /** A file with at least one byte, in a form (green-api.md §1.3); a larger one is refused while it comes. */
    public static FieldType<UploadedFile> file(long maxBytes, Shape shape) {
        Function<JsonNode, UploadedFile> reader = value -> (UploadedFile) ((POJONode) value).getPojo();
        Rule filled = is(value -> reader.apply(value).size() > 0, "is not allowed to be empty");
        return new FieldType<>(filled, reader, shape, maxBytes);
    }

    /** Of at most {@code max} characters; for types that are texts. */
    public FieldType<T> notLonger(int max) {
        return and(is(
                        value -> length(value) <= max,
                        "length must be less than or equal to " + max + " characters long"))
                .describedBy("maxLength", Json.of(max));
    }

    private static int length(JsonNode text) {
        return text.stringValue().codePointCount(0, text.stringValue().length());
    }

    /** A filled text of one of the formats that {@code pattern} describes and {@code formats} names. */
    public static FieldType<String> format(Pattern pattern, String formats) {
        return FILLED_TEXT
                .and(is(
                        value -> pattern.matcher(value.stringValue()).matches(),
                        "must be one of the next formats: " + formats))
                .shaped(Shape.pattern(pattern.pattern()));
    }

    /** A whole number between the limits. */
    public static FieldType<Long> integer(long min, long max) {
        return new FieldType<>(
                        is(JsonNode::isNumber, "must be a number"), JsonNode::longValue, Shape.number(min, max), 0)
                .and(is(value -> value.isIntegralNumber() && value.canConvertToLong(), "must be an integer"))
                .and(is(value -> value.longValue() >= min, "must be greater than or equal to " + min))
                .and(is(value -> value.longValue() <= max, "must be less than or equal to " + max));
    }

    /** A number between the limits, whole or not. */
    public static FieldType<Double> decimal(double min, double max) {
        return new FieldType<>(
                        is(JsonNode::isNumber, "must be a number"),
                        JsonNode::doubleValue,
                        Shape.ANY
                                .with("type", Json.of("number"))
                                .with("minimum", Json.of(min))
                                .with("maximum", Json.of(max)),
                        0)
                .and(is(value -> value.doubleValue() >= min, "must be greater than or equal to " + whole(min)))
                .and(is(value -> value.doubleValue() <= max, "must be less than or equal to " + whole(max)));
    }

    private static String whole(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }

    /** An array of {@code min} to {@code max} values, no two of them equal, each of the type {@code item}. */
    public static <T> FieldType<List<T>> array(int min, int max, FieldType<T> item) {
        return new FieldType<List<T>>(
                        is(JsonNode::isArray, "must be an array"),
                        values -> values.valueStream().map(item.reader).collect(Collectors.toUnmodifiableList()),
                        Shape.list(item.shape, min, max).with("uniqueItems", Json.of(true)),
                        0)
                .and(is(values -> values.size() >= min, "must contain at least " + min + " items"))
                .and(is(values -> values.size() <= max, "must contain less than or equal to " + max + " items"))
                .and((name, values) -> elements(name, values, item.rule));
    }

    private static Optional<String> elements(String name, JsonNode values, Rule item) {
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            JsonNode value = values.get(i);
            String element = name + "[" + i + "]";
            Optional<String> complaint = item.complaint(element, value)
                    .or(() -> is(seen::add, "contains a duplicate value").complaint(element, value));
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }
}
