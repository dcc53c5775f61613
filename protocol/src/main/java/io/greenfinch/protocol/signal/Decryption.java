package io.greenfinch.protocol.signal;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What became of a message that was to be decrypted.
 *
 * @param <S> kind of the state
 */
public sealed interface Decryption<S> {

    /**
     * It is genuine and was not read before.
     *
     * @param state the state after this message, to be stored with what the message causes
     * @param plaintext still padded; read-only
     * @param usedPreKey the one-time prekey that it used up, to be deleted in the same commit
     */
    record Decrypted<S>(S state, byte[] plaintext, OptionalInt usedPreKey) implements Decryption<S> {

        @Override
        public boolean equals(Object other) {
            return other instanceof Decrypted<?> that
                    && state.equals(that.state)
                    && Arrays.equals(plaintext, that.plaintext)
                    && usedPreKey.equals(that.usedPreKey);
        }

        @Override
        public int hashCode() {
            return Objects.hash(state, Arrays.hashCode(plaintext), usedPreKey);
        }

        @Override
        public String toString() {
            return "Decrypted[" + plaintext.length + " bytes]";
        }
    }

    /** It can't be read. Nothing has changed. */
    record Failed<S>(Reason reason) implements Decryption<S> {}

    /** Why a message can't be read. */
    enum Reason {
        /** There is no session with the device, or no sender key of this number. */
        NO_SESSION,
        /** Its MAC or signature is wrong: tampered with, or of a session that we don't have. */
        NOT_AUTHENTIC,
        /** Its key was used: it was read before. */
        DUPLICATE,
        /** More messages than {@value ReceivingChain#MAX_AHEAD} are missing before it. */
        TOO_FAR_AHEAD,
        /** It is of another identity than the one we know. */
        UNTRUSTED_IDENTITY,
        /** It names a prekey that we don't have, or not any more. */
        UNKNOWN_PREKEY,
        /** It is no such message, or was encrypted wrongly by its sender. */
        MALFORMED
    }
}
