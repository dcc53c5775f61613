package io.greenfinch.protocol.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.media.MediaRetry.Answer;
import io.greenfinch.protocol.media.MediaRetry.Sealed;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MediaRetryTest {

    private final SecureRandom random = new SecureRandom();
    private final byte[] mediaKey = MediaKeys.generate(random);
    private final MediaRetry retry = new MediaRetry(mediaKey, "3EB0AA");

    @Test
    void anAnswerIsReadByWhoAsked() {
        assertThat(retry.isWish(retry.wish(random))).isTrue();
        Answer stored = new Answer(Optional.of("/v/1?a=1"));
        assertThat(retry.answer(retry.sealed(stored, random))).hasValue(stored);
        Answer none = new Answer(Optional.empty());
        assertThat(retry.answer(retry.sealed(none, random))).hasValue(none);
    }

    @Test
    void nobodyElsesIs() {
        Sealed wish = retry.wish(random);
        Sealed answer = retry.sealed(new Answer(Optional.of("/v/1")), random);
        MediaRetry ofAnother = new MediaRetry(mediaKey, "3EB0AB");
        assertThat(ofAnother.isWish(wish)).isFalse();
        assertThat(ofAnother.answer(answer)).isEmpty();
        MediaRetry byAnother = new MediaRetry(MediaKeys.generate(random), "3EB0AA");
        assertThat(byAnother.isWish(wish)).isFalse();
        assertThat(byAnother.answer(answer)).isEmpty();
    }

    @Test
    void anythingMayComeOverTheWire() {
        Random noise = new Random(17);
        for (int i = 0; i < 2000; i++) {
            byte[] iv = new byte[noise.nextInt(20)];
            byte[] payload = new byte[noise.nextInt(60)];
            noise.nextBytes(iv);
            noise.nextBytes(payload);
            assertThat(retry.answer(new Sealed(iv, payload))).isEmpty();
            assertThat(retry.isWish(new Sealed(iv, payload))).isFalse();
        }
        assertThat(retry.toString()).doesNotContain("key");
    }
}
