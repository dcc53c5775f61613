package io.greenfinch.client.history;

import io.greenfinch.client.media.Media;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A part of a history on its way from a media host to the store: in a temporary file, under a key that nobody else knows and that ends with
 * this. For one thread; closing removes it.
 */
final class HistoryScratch implements Media.Sink, AutoCloseable {

    private static final int KEY = 32;
    private static final int BLOCK = 16;

    private final SecureRandom random;
    private final Path file;
    private byte[] key = new byte[KEY];
    private final byte[] counter = new byte[BLOCK];

    HistoryScratch(SecureRandom random) throws IOException {
        this.random = random;
        this.file = Files.createTempFile("greenfinch-history-", "");
    }

    /** Each time under another key: what was written before is void. */
    @Override
    public OutputStream open() throws IOException {
        byte[] fresh = new byte[KEY];
        random.nextBytes(fresh);
        key = fresh;
        return new BufferedOutputStream(
                new CipherOutputStream(Files.newOutputStream(file), cipher(Cipher.ENCRYPT_MODE)));
    }

    /** What was written. */
    InputStream read() throws IOException {
        return new CipherInputStream(Files.newInputStream(file), cipher(Cipher.DECRYPT_MODE));
    }

    private Cipher cipher(int mode) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES-256-CTR", e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
