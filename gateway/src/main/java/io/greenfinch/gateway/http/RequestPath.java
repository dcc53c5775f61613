package io.greenfinch.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A request's path, taken apart. Tolerant of doubled and trailing slashes, of letter case and of percent-encoding; never
 * throws, whatever the bytes.
 */
sealed interface RequestPath {

    String INSTANCE = "wainstance";
    Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** What an error body may repeat: names of methods, ids of instances, numbers of receipts. No token looks like that. */
    Pattern HARMLESS = Pattern.compile("[A-Za-z]{1,32}|[0-9]{1,12}|(?i:waInstance)[0-9]{1,12}");

    String MASK = "***";

    /** The path as error bodies may show it: without tokens, nor anything that could be one. */
    String masked();

    /**
     * {@code /waInstance{id}/{method}/{token}[/{extra}]}.
     *
     * @param id empty when what follows {@code waInstance} is not a number
     * @param method in lower case
     */
    record OfInstance(String masked, OptionalLong id, String method, String token, Optional<String> extra)
            implements RequestPath {
        @Override
        public String toString() {
            return masked;
        }
    }

    /** {@code /partner/{method}/{token}}; the method in lower case. */
    record OfPartner(String masked, String method, String token) implements RequestPath {
        @Override
        public String toString() {
            return masked;
        }
    }

    /** Anything else; the segments in lower case. */
    record Other(String masked, List<String> segments) implements RequestPath {
        @Override
        public String toString() {
            return masked;
        }
    }

    /** Takes a raw path apart, as it came in the request line. */
    static RequestPath parse(String raw) {
        List<String> segments = Arrays.stream(raw.split("/"))
                .filter(part -> !part.isEmpty())
                .map(RequestPath::decoded)
                .toList();
        String masked = mask(segments);
        int count = segments.size();
        String first = count == 0 ? "" : lower(segments.get(0));
        if (first.startsWith(INSTANCE) && (count == 3 || count == 4)) {
            Optional<String> extra = count == 4 ? Optional.of(segments.get(3)) : Optional.empty();
            String id = first.substring(INSTANCE.length());
            return new RequestPath.OfInstance(masked, number(id), lower(segments.get(1)), segments.get(2), extra);
        }
        if (first.equals("partner") && count == 3) {
            return new RequestPath.OfPartner(masked, lower(segments.get(1)), segments.get(2));
        }
        return new RequestPath.Other(
                masked, segments.stream().map(RequestPath::lower).toList());
    }

    private static OptionalLong number(String text) {
        return NUMBER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static String mask(List<String> segments) {
        if (segments.isEmpty()) {
            return "/";
        }
        String first = lower(segments.get(0));
        boolean partner = first.equals("partner");
        boolean known = partner || first.startsWith(INSTANCE);
        StringBuilder masked = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            // Where a token is expected it is hidden whatever it looks like; a partner's may be any word.
            boolean token = known && (i == 2 || (partner && i == 1 && segments.size() == 2));
            masked.append('/').append(token || !HARMLESS.matcher(segment).matches() ? MASK : segment);
        }
        return masked.toString();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Percent-decoding that leaves what it can't decode as it is. */
    static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                decoded[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                decoded[length++] = bytes[i];
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }
}
