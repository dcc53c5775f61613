package io.greenfinch.client.history;

import io.greenfinch.client.media.Media;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A part of a history on its way from a media host to the store: in a temporary file, under a key that nobody else knows and that ends with
 * this. For one thread; what is open is closed before the next is opened. The file goes with the process, however that ends, or by closing.
 */
final class HistoryScratch implements Media.Sink, AutoCloseable {

    private static final int KEY = 32;
    private static final int BLOCK = 16;

    private final SecureRandom random;
    private final FileChannel file;
    private byte[] key = new byte[KEY];
    private final byte[] counter = new byte[BLOCK];

    HistoryScratch(SecureRandom random) throws IOException {
        this.random = random;
        this.file = nameless(Files.createTempFile("greenfinch-history-", ""));
    }

    /** POSIX systems take a file's name at once then, and the file as soon as nothing has it open. */
    private static FileChannel nameless(Path path) throws IOException {
        try {
            return FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Each time under another key: what was written before is void. */
    @Override
    public OutputStream open() throws IOException {
        byte[] fresh = new byte[KEY];
        random.nextBytes(fresh);
        key = fresh;
        file.truncate(0);
        return new BufferedOutputStream(new CipherOutputStream(new Written(file), cipher(Cipher.ENCRYPT_MODE)));
    }

    /** What was written. */
    InputStream read() throws IOException {
        file.position(0);
        return new CipherInputStream(new Read(file), cipher(Cipher.DECRYPT_MODE));
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
        file.close();
    }

    /** To the file, which stays open. */
    private static final class Written extends FilterOutputStream {

        Written(FileChannel file) {
            super(Channels.newOutputStream(file));
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** From the file, which stays open. */
    private static final class Read extends FilterInputStream {

        Read(FileChannel file) {
            super(Channels.newInputStream(file));
        }

        @Override
        public void close() {}
    }
}
