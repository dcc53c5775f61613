package io.greenfinch.protocol.curve;

import static io.greenfinch.protocol.Hex.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.Hex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AesGcmTest {

    /** Test case 16 of McGrew and Viega, The Galois/Counter Mode of Operation. */
    private static final SecretKey KEY = key("feffe9928665731c6d6a8f9467308308".repeat(2));

    private static final byte[] NONCE = hex("cafebabefacedbaddecaf888");
    private static final byte[] ASSOCIATED = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    private static final String PLAINTEXT = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    private static final String CIPHERTEXT = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b";

    /** Twice, since a cipher of the JDK refuses what it has just done. */
    @Test
    void encryptsAsInTheStandard() {
        for (int time = 0; time < 2; time++) {
            assertThat(Hex.text(AesGcm.encrypt(KEY, NONCE, ASSOCIATED, hex(PLAINTEXT))))
                    .isEqualTo(CIPHERTEXT);
        }
        assertThat(AesGcm.decrypt(KEY, NONCE, ASSOCIATED, hex("0102" + CIPHERTEXT), 2))
                .hasValueSatisfying(plaintext -> assertThat(Hex.text(plaintext)).isEqualTo(PLAINTEXT));
    }

    @Test
    void decryptsNothingThatWasChanged() {
        byte[] ciphertext = hex(CIPHERTEXT);
        for (int i = 0; i < ciphertext.length; i++) {
            byte[] changed = ciphertext.clone();
            changed[i] ^= 1;
            assertThat(AesGcm.decrypt(KEY, NONCE, ASSOCIATED, changed, 0)).isEmpty();
        }
        assertThat(AesGcm.decrypt(KEY, NONCE, new byte[0], ciphertext, 0)).isEmpty();
        assertThat(AesGcm.decrypt(KEY, NONCE, ASSOCIATED, new byte[15], 0)).isEmpty();
        assertThat(AesGcm.decrypt(KEY, NONCE, ASSOCIATED, ciphertext, 0)).isPresent();
    }

    @Test
    void servesManyKeysAtOnce() throws Exception {
        List<Future<Boolean>> threads = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(32)) {
            for (int thread = 0; thread < 32; thread++) {
                int seed = thread;
                threads.add(executor.submit(() -> keepsItsMessages(new Random(seed))));
            }
        }
        for (Future<Boolean> thread : threads) {
            assertThat(thread.get()).isTrue();
        }
    }

    private static boolean keepsItsMessages(Random random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        SecretKey key = new SecretKeySpec(secret, "AES");
        for (int message = 0; message < 500; message++) {
            byte[] nonce = ByteBuffer.allocate(12).putInt(8, message).array();
            byte[] plaintext = new byte[random.nextInt(300)];
            random.nextBytes(plaintext);
            byte[] ciphertext = AesGcm.encrypt(key, nonce, nonce, plaintext);
            if (!AesGcm.decrypt(key, nonce, nonce, ciphertext, 0)
                    .map(ByteBuffer::wrap)
                    .equals(Optional.of(ByteBuffer.wrap(plaintext)))) {
                return false;
            }
        }
        return true;
    }

    private static SecretKey key(String hex) {
        return new SecretKeySpec(hex(hex), "AES");
    }
}
