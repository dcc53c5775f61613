package io.greenfinch.gateway.partner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The key to the partner methods: long enough that nobody guesses it. {@link #toString} hides it. Immutable. */
public record PartnerToken(String text) {

    /** What such a token must be. */
    public static final String RULE = "The partner token must have at least 32 characters (and at most 256): letters,"
            + " digits, dots, hyphens, underscores or tildes.";

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{32,256}");

    /** Empty when the text does not follow the {@link #RULE}. */
    public static Optional<PartnerToken> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new PartnerToken(text)) : Optional.empty();
    }

    /** A text for a new one. */
    public static String fresh(SecureRandom random) {
        byte[] bytes = new byte[25];
        random.nextBytes(bytes);
        return "gac." + HexFormat.of().formatHex(bytes);
    }

    /** Whether a text is this token; takes as long whatever is different. */
    public boolean is(String other) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "PartnerToken[hidden]";
    }
}
