package io.greenfinch.protocol.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are encrypted as the specification says (§20.2), and only what was encrypted so is read. */
class MediaCipherTest {

    private static final int ALL = Integer.MAX_VALUE;

    private final Random random = new Random(20);
    private final byte[] mediaKey = bytes(32);
    private final MediaKeys keys = MediaKeys.derive(mediaKey, MediaKind.IMAGE);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A stream that gives a few bytes at a time, as networks do. */
    private InputStream trickle(byte[] bytes) {
        return new InputStream() {
            private final ByteArrayInputStream all = new ByteArrayInputStream(bytes);

            @Override
            public int read() {
                return all.read();
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                return all.read(to, offset, Math.min(length, 1 + random.nextInt(9_000)));
            }
        };
    }

    private record Stored(byte[] blob, MediaDigest digest) {}

    private Stored stored(byte[] file) throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        MediaDigest digest = MediaCipher.encrypt(keys, trickle(file), blob);
        return new Stored(blob.toByteArray(), digest);
    }

    private Optional<byte[]> read(MediaKeys with, byte[] blob, long most) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        return MediaCipher.decrypt(with, trickle(blob), file, most).map(digest -> file.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 65_525, 65_526, 65_535, 65_536, 65_537, 131_072, 300_001})
    void whatWasEncryptedIsRead(int length) throws IOException {
        byte[] file = bytes(length);
        Stored stored = stored(file);
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        Optional<MediaDigest> digest = MediaCipher.decrypt(keys, trickle(stored.blob), read, length);
        assertThat(read.toByteArray()).isEqualTo(file);
        assertThat(digest)
                .hasValueSatisfying(
                        found -> assertThat(found.matches(stored.digest)).isTrue());
        assertThat(stored.digest.length()).isEqualTo(length);
        if (length > 0) {
            assertThat(read(keys, stored.blob, length - 1))
                    .as("longer than allowed")
                    .isEmpty();
        }
    }

    /** The same made in the plainest way that the JDK has. */
    @ParameterizedTest
    @EnumSource
    void isWhatTheSpecificationSays(MediaKind kind) throws IOException, GeneralSecurityException {
        String words = kind.words();
        byte[] all = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(mediaKey)
                        .thenExpand(words.getBytes(StandardCharsets.US_ASCII), 112));
        byte[] iv = Arrays.copyOf(all, 16);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Arrays.copyOfRange(all, 16, 48), "AES"),
                new IvParameterSpec(iv));
        byte[] file = bytes(1000);
        byte[] ciphertext = cipher.doFinal(file);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Arrays.copyOfRange(all, 48, 80), "HmacSHA256"));
        mac.update(iv);
        byte[] tag = Arrays.copyOf(mac.doFinal(ciphertext), 10);
        byte[] expected = Arrays.copyOf(ciphertext, ciphertext.length + 10);
        System.arraycopy(tag, 0, expected, ciphertext.length, 10);

        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        MediaDigest digest =
                MediaCipher.encrypt(MediaKeys.derive(mediaKey, kind), new ByteArrayInputStream(file), blob);
        assertThat(blob.toByteArray()).isEqualTo(expected);
        assertThat(digest.sha256())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(file));
        assertThat(digest.encryptedSha256())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(expected));
    }

    @Test
    void whatWasAlteredIsNotRead() throws IOException {
        byte[] blob = stored(bytes(100)).blob;
        for (int i = 0; i < blob.length; i++) {
            byte[] altered = blob.clone();
            altered[i] ^= (byte) (1 << random.nextInt(8));
            assertThat(read(keys, altered, ALL)).as("byte " + i).isEmpty();
        }
        for (int length = 0; length < blob.length; length++) {
            assertThat(read(keys, Arrays.copyOf(blob, length), ALL))
                    .as("cut to " + length)
                    .isEmpty();
        }
        assertThat(read(keys, Arrays.copyOf(blob, blob.length + 16), ALL)).isEmpty();
        assertThat(read(MediaKeys.derive(mediaKey, MediaKind.VIDEO), blob, ALL)).isEmpty();
        assertThat(read(MediaKeys.derive(bytes(32), MediaKind.IMAGE), blob, ALL))
                .isEmpty();
    }

    /** Whoever lies about a size costs no more than the size that was asked for. */
    @Test
    void whatIsTooLongIsNotReadOn() throws IOException {
        InputStream endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                throw new UnsupportedOperationException("nobody reads single bytes");
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                given += length;
                assertThat(given).isLessThan(1_000_000);
                return length;
            }
        };
        assertThat(MediaCipher.decrypt(keys, endless, new ByteArrayOutputStream(), 100_000))
                .isEmpty();
    }

    @Test
    void aKeyHasThirtyTwoBytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> MediaKeys.derive(bytes(31), MediaKind.IMAGE));
    }
}
