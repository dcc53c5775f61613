package io.greenfinch.protocol.pairing;

import io.greenfinch.protocol.curve.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the QR code of a companion says to the phone that scans it (specification §7.2). {@link #toString()} hides the
 * secret: who knows it and the rest can pair in our place.
 *
 * @param ref the reference that the server gave
 * @param noiseKey the companion's noise key, raw
 * @param identityKey its identity key, raw
 * @param advSecret 32 secret bytes under which the phone authenticates its answer
 * @param platform id of the kind of browser, may be empty
 */
public record QrCode(String ref, byte[] noiseKey, byte[] identityKey, byte[] advSecret, String platform) {

    private static final String PREFIX = "https://wa.me/settings/linked_devices#";
    private static final int SECRET_LENGTH = 32;
    private static final int MIN_FIELDS = 4;
    static final int MAX_TEXT = 4096;

    public QrCode {
        if (ref.isEmpty() || ref.indexOf(',') >= 0 || ref.indexOf('#') >= 0) {
            throw new IllegalArgumentException("a reference that has no place in a QR text");
        }
        if (noiseKey.length != KeyPair.KEY_LENGTH
                || identityKey.length != KeyPair.KEY_LENGTH
                || advSecret.length != SECRET_LENGTH) {
            throw new IllegalArgumentException("a key that hasn't 32 bytes");
        }
    }

    /** The text to show, with the prefix of today's clients. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return PREFIX
                + String.join(
                        ",",
                        ref,
                        base64.encodeToString(noiseKey),
                        base64.encodeToString(identityKey),
                        base64.encodeToString(advSecret),
                        platform);
    }

    /** Reads the text of any client, with or without prefix and platform; empty when it is no such text. */
    public static Optional<QrCode> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        List<String> fields =
                Arrays.asList(text.substring(text.lastIndexOf('#') + 1).strip().split(",", -1));
        if (fields.size() < MIN_FIELDS) {
            return Optional.empty();
        }
        Base64.Decoder base64 = Base64.getDecoder();
        try {
            return Optional.of(new QrCode(
                    fields.get(0),
                    base64.decode(fields.get(1)),
                    base64.decode(fields.get(2)),
                    base64.decode(fields.get(3)),
                    fields.size() > MIN_FIELDS ? fields.get(MIN_FIELDS).strip() : ""));
        } catch (IllegalArgumentException e) {
            // No base64, or a key of another length: what was scanned is some other QR code.
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QrCode that
                && ref.equals(that.ref)
                && Arrays.equals(noiseKey, that.noiseKey)
                && Arrays.equals(identityKey, that.identityKey)
                && Arrays.equals(advSecret, that.advSecret)
                && platform.equals(that.platform);
    }

    @Override
    public int hashCode() {
        return Objects.hash(ref, Arrays.hashCode(noiseKey), Arrays.hashCode(identityKey), platform);
    }

    @Override
    public String toString() {
        return "QrCode[platform " + platform + "]";
    }
}
