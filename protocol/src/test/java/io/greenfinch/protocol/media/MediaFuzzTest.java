package io.greenfinch.protocol.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

class MediaFuzzTest {

    private static final MediaKeys KEYS = MediaKeys.derive(new byte[32], MediaKind.DOCUMENT);

    /** Nobody finds a tag by chance, and whatever comes, no more is written than was allowed, but for a block. */
    @FuzzTest
    void decrypt(byte[] bytes) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        assertThat(MediaCipher.decrypt(KEYS, new ByteArrayInputStream(bytes), file, 100))
                .isEmpty();
        assertThat(file.size()).isLessThanOrEqualTo(116);
    }
}
