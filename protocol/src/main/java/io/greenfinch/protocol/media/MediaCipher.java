package io.greenfinch.protocol.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts files in passing, in as much memory as one chunk takes (specification §20.2): AES-256-CBC, and behind it
 * ten bytes of an HMAC over IV and ciphertext. Thread-safe: each call has its own state.
 */
public final class MediaCipher {

    private static final int CHUNK = 64 * 1024;
    private static final int TAG_LENGTH = 10;
    private static final int BLOCK = 16;

    private MediaCipher() {}

    /** What goes on with one file. */
    private static final class State {

        private final Cipher cipher;
        private final Mac mac;
        private final MessageDigest plain;
        private final MessageDigest encrypted;
        private long length;

        State(int mode, MediaKeys keys) {
            try {
                cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
                cipher.init(mode, new SecretKeySpec(keys.cipherKey(), "AES"), new IvParameterSpec(keys.iv()));
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(keys.macKey(), "HmacSHA256"));
                mac.update(keys.iv());
                plain = MessageDigest.getInstance("SHA-256");
                encrypted = MessageDigest.getInstance("SHA-256");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JDK has no AES-256-CBC with HMAC-SHA256", e);
            }
        }

        /** The tag over everything that passed. */
        byte[] tag() {
            return Arrays.copyOf(mac.doFinal(), TAG_LENGTH);
        }

        MediaDigest digest() {
            return new MediaDigest(plain.digest(), encrypted.digest(), length);
        }
    }

    /**
     * Encrypts a file to its end. Closes nothing.
     *
     * @param blob gets what is to be stored
     * @throws IOException of either stream
     */
    public static MediaDigest encrypt(MediaKeys keys, InputStream file, OutputStream blob) throws IOException {
        State state = new State(Cipher.ENCRYPT_MODE, keys);
        byte[] chunk = new byte[CHUNK];
        for (int read = file.readNBytes(chunk, 0, CHUNK); read > 0; read = file.readNBytes(chunk, 0, CHUNK)) {
            state.length += read;
            state.plain.update(chunk, 0, read);
            store(state, state.cipher.update(chunk, 0, read), blob);
        }
        try {
            store(state, state.cipher.doFinal(), blob);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refuses to encrypt", e);
        }
        byte[] tag = state.tag();
        state.encrypted.update(tag);
        blob.write(tag);
        return state.digest();
    }

    private static void store(State state, byte[] ciphertext, OutputStream blob) throws IOException {
        if (ciphertext != null) {
            state.mac.update(ciphertext);
            state.encrypted.update(ciphertext);
            blob.write(ciphertext);
        }
    }

    /**
     * Decrypts what was stored, to its end. Closes nothing.
     *
     * @param file gets the file; worth nothing unless this returns what it is
     * @param most bytes that the file may have; a longer one is not read on
     * @return empty when that was not stored under these keys, was altered or cut off, or is too long
     * @throws IOException of either stream
     */
    public static Optional<MediaDigest> decrypt(MediaKeys keys, InputStream blob, OutputStream file, long most)
            throws IOException {
        State state = new State(Cipher.DECRYPT_MODE, keys);
        // The last ten bytes are the tag: what is read is held back by so much.
        byte[] chunk = new byte[CHUNK + TAG_LENGTH];
        int held = 0;
        long ciphertext = 0;
        for (int read = blob.readNBytes(chunk, 0, chunk.length);
                read > 0;
                read = blob.readNBytes(chunk, held, chunk.length - held)) {
            int ready = Math.max(0, held + read - TAG_LENGTH);
            ciphertext += ready;
            if (ciphertext - BLOCK > most) {
                return Optional.empty();
            }
            state.mac.update(chunk, 0, ready);
            state.encrypted.update(chunk, 0, ready);
            write(state, state.cipher.update(chunk, 0, ready), file);
            held = held + read - ready;
            System.arraycopy(chunk, ready, chunk, 0, held);
        }
        byte[] tag = Arrays.copyOf(chunk, held);
        if (ciphertext == 0 || ciphertext % BLOCK != 0 || !MessageDigest.isEqual(tag, state.tag())) {
            return Optional.empty();
        }
        state.encrypted.update(tag);
        try {
            write(state, state.cipher.doFinal(), file);
        } catch (BadPaddingException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refuses to decrypt", e);
        }
        return state.length <= most ? Optional.of(state.digest()) : Optional.empty();
    }

    private static void write(State state, byte[] plaintext, OutputStream file) throws IOException {
        if (plaintext != null) {
            state.length += plaintext.length;
            state.plain.update(plaintext);
            file.write(plaintext);
        }
    }
}
