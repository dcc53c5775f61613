package io.greenfinch.protocol.signal;

import java.util.Arrays;
import java.util.Optional;

/**
 * A message as it is sent, with the kind that the stanza names.
 *
 * @param kind what it is
 * @param bytes read-only
 */
public record EncryptedMessage(Kind kind, byte[] bytes) {

    /** The kinds of encrypted messages (specification §11.3, §11.5). */
    public enum Kind {
        /** Starts a session. */
        PREKEY("pkmsg"),
        /** Goes on with one. */
        SESSION("msg"),
        /** For a group. */
        SENDER_KEY("skmsg");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** The value of the attribute {@code type} of {@code <enc>}. */
        public String type() {
            return type;
        }

        /** The kind with this type, when we know it. */
        public static Optional<Kind> of(String type) {
            return Arrays.stream(values())
                    .filter(kind -> kind.type.equals(type))
                    .findFirst();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptedMessage that && kind == that.kind && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "EncryptedMessage[" + kind + ", " + bytes.length + " bytes]";
    }
}
