package io.greenfinch.gateway.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a form apart that the gateway has taken: a reading of its own, beside the one that is tested. */
final class SentParts {

    private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern NAME =
            Pattern.compile("(?im)^content-disposition:\\s*form-data\\b[^\r\n]*?;\\s*name=(?:\"([^\"]*)\"|([^;\\s]+))");

    private SentParts() {}

    /** A part with its name; what it holds is text, a file's bytes as far as they are some. */
    record Part(String name, String content) {}

    /**
     * The parts of a form in their order.
     *
     * @throws AssertionError when this is no form, or one of its parts has no name
     */
    static List<Part> of(String contentType, String body) {
        String delimiter = "--" + group(BOUNDARY.matcher(contentType), contentType);
        List<Part> parts = new ArrayList<>();
        // What stands before the first delimiter is no part, and neither is what stands after the last one, which is
        // marked.
        String[] pieces = ("\r\n" + body).split("\r\n" + Pattern.quote(delimiter), -1);
        for (int i = 1; i < pieces.length && !pieces[i].startsWith("--"); i++) {
            int end = pieces[i].indexOf("\r\n\r\n");
            String head = end < 0 ? pieces[i] : pieces[i].substring(0, end);
            String name = group(NAME.matcher(head), head);
            parts.add(new Part(name, end < 0 ? "" : pieces[i].substring(end + 4)));
        }
        return parts;
    }

    private static String group(Matcher matcher, String text) {
        if (!matcher.find()) {
            throw new AssertionError("nothing like " + matcher.pattern() + " in " + text);
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
}
