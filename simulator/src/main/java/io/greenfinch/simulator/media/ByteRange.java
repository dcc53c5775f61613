package io.greenfinch.simulator.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file that somebody asks for (RFC 9110, 14.2): one range, which is all that clients of media ask for.
 *
 * @param first its first byte
 * @param last its last one
 */
record ByteRange(long first, long last) {

    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** Whether a header asks for a range that can be understood; any other is not there, as the RFC has it. */
    static boolean isOne(String header) {
        Matcher form = FORM.matcher(header);
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return false;
        }
        // One that ends before it begins is none.
        return form.group(1).isEmpty()
                || form.group(2).isEmpty()
                || Long.parseLong(form.group(1)) <= Long.parseLong(form.group(2));
    }

    /** The part of a file that a header asks for; empty when the file has no such part. */
    static Optional<ByteRange> of(String header, long length) {
        Matcher form = FORM.matcher(header);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean fromEnd = form.group(1).isEmpty();
        long one = fromEnd ? 0 : Long.parseLong(form.group(1));
        long other = form.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(form.group(2));
        ByteRange range = fromEnd
                ? new ByteRange(Math.max(0, length - other), length - 1)
                : new ByteRange(one, Math.min(other, length - 1));
        boolean there = range.first <= range.last && range.first < length && !(fromEnd && other == 0);
        return there ? Optional.of(range) : Optional.empty();
    }

    long length() {
        return last - first + 1;
    }
}
