package io.greenfinch.bench.micro;

import io.greenfinch.protocol.media.MediaCipher;
import io.greenfinch.protocol.media.MediaKeys;
import io.greenfinch.protocol.media.MediaKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A file of one MiB, encrypted and decrypted in passing; and AES and HMAC of the same bytes alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MediaBenchmark {

    private static final int MIB = 1 << 20;

    private final byte[] file = new byte[MIB];
    private final MediaKeys keys = MediaKeys.derive(new byte[MediaKeys.MEDIA_KEY_LENGTH], MediaKind.DOCUMENT);
    private final byte[] blob;

    public MediaBenchmark() {
        try {
            ByteArrayOutputStream stored = new ByteArrayOutputStream();
            MediaCipher.encrypt(keys, new ByteArrayInputStream(file), stored);
            blob = stored.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public Object encrypt() throws IOException {
        return MediaCipher.encrypt(keys, new ByteArrayInputStream(file), OutputStream.nullOutputStream());
    }

    @Benchmark
    public Object decrypt() throws IOException {
        return MediaCipher.decrypt(keys, new ByteArrayInputStream(blob), OutputStream.nullOutputStream(), MIB)
                .orElseThrow();
    }

    @Benchmark
    public Object aesAndHmacAlone() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.cipherKey(), "AES"), new IvParameterSpec(keys.iv()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.macKey(), "HmacSHA256"));
        return mac.doFinal(cipher.doFinal(file));
    }
}
