package io.greenfinch.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How texts of a request are written. They are read as they are, or refused: nothing is replaced. Immutable. */
record TextCoding(Charset charset) {

    private static final TextCoding UTF_8 = new TextCoding(StandardCharsets.UTF_8);
    private static final Pattern DECLARED = Pattern.compile("(?i);\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;]*))");

    /** What a Content-Type declares; UTF-8 when it declares nothing, empty when that is nothing we know. */
    static Optional<TextCoding> declared(@Nullable String contentType) {
        Matcher declared = DECLARED.matcher(contentType == null ? "" : contentType);
        if (!declared.find()) {
            return Optional.of(UTF_8);
        }
        try {
            String name = declared.group(1) == null ? declared.group(2) : declared.group(1);
            return Optional.of(new TextCoding(Charset.forName(name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text of these bytes; empty when they are none. */
    Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** What to say of bytes that are no text. */
    String complaint() {
        return Fields.FAILED + "'value' must be valid " + charset.name();
    }

    /** Whether half of a pair stands in a text without the other: no coding can carry that. */
    static boolean torn(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
