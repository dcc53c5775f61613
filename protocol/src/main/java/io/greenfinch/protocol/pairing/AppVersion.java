package io.greenfinch.protocol.pairing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of WhatsApp Web that a companion claims to be, such as {@code 2.3000.1043857760} (specification §4).
 *
 * @param primary first number, not negative
 * @param secondary second number, not negative
 * @param tertiary third number, not negative
 */
public record AppVersion(int primary, int secondary, int tertiary) implements Comparable<AppVersion> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})\\.([0-9]{1,10})");

    public AppVersion {
        if (primary < 0 || secondary < 0 || tertiary < 0) {
            throw new IllegalArgumentException("a negative part of a version");
        }
    }

    /** Reads three numbers with dots between; empty when the text is anything else. */
    public static Optional<AppVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long tertiary = Long.parseLong(matcher.group(3));
        if (tertiary > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        return Optional.of(
                new AppVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), (int) tertiary));
    }

    /** The MD5 of the version's text, which a registration carries. A name for the build, not a protection. */
    public byte[] buildHash() {
        try {
            return MessageDigest.getInstance("MD5").digest(toString().getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no MD5", e);
        }
    }

    @Override
    public int compareTo(AppVersion other) {
        int order = Integer.compare(primary, other.primary);
        if (order == 0) {
            order = Integer.compare(secondary, other.secondary);
        }
        return order == 0 ? Integer.compare(tertiary, other.tertiary) : order;
    }

    @Override
    public String toString() {
        return primary + "." + secondary + "." + tertiary;
    }
}
