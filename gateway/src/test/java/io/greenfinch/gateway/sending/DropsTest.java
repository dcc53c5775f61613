package io.greenfinch.gateway.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** No message is both dropped and sent. */
class DropsTest {

    private static final long INSTANCE = 7;

    private final Drops drops = new Drops();

    @Test
    void whatWasReadBeforeADropIsNotBegun() {
        long before = drops.count(INSTANCE);
        assertThat(drops.begin(INSTANCE, before, () -> {})).isTrue();
        assertThat(drops.<String>drop(INSTANCE, () -> "gone")).isEqualTo("gone");
        assertThat(drops.begin(INSTANCE, before, () -> {})).isFalse();
        assertThat(drops.begin(INSTANCE, drops.count(INSTANCE), () -> {})).isTrue();
    }

    @Test
    void nothingIsBegunWhileNobodyKnowsWhatIsGone() {
        CompletableFuture<Integer> decided = new CompletableFuture<>();
        assertThatThrownBy(() -> drops.drop(INSTANCE, () -> {
                    throw new UnknownOutcomeException("nothing was heard", decided);
                }))
                .isInstanceOf(UnknownOutcomeException.class);
        long meanwhile = drops.count(INSTANCE);
        assertThat(drops.begin(INSTANCE, meanwhile, () -> {})).isFalse();

        decided.complete(1);
        assertThat(drops.begin(INSTANCE, meanwhile, () -> {}))
                .as("it may be what is gone")
                .isFalse();
        assertThat(drops.begin(INSTANCE, drops.count(INSTANCE), () -> {})).isTrue();
    }

    @Test
    void whatWasNotDroppedIsSent() {
        CompletableFuture<Integer> decided = new CompletableFuture<>();
        assertThatThrownBy(() -> drops.drop(INSTANCE, () -> {
                    throw new UnknownOutcomeException("nothing was heard", decided);
                }))
                .isInstanceOf(UnknownOutcomeException.class);
        decided.completeExceptionally(new StoreException("nothing was stored"));
        assertThat(drops.begin(INSTANCE, drops.count(INSTANCE), () -> {})).isTrue();
    }
}
