package io.greenfinch.gateway.instance;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was stored too late for who waited: memory follows when it is known. */
final class LateOutcomes {

    private static final Logger log = LoggerFactory.getLogger(LateOutcomes.class);

    private static final int ATTEMPTS = 20;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private LateOutcomes() {}

    /**
     * Makes a change.
     *
     * @param late runs with what it came to where it is stored too late for the caller, on a thread of its own
     * @throws UnknownOutcomeException where it is not stored in time; its outcome is decided when {@code late} has run
     */
    static <T> T follow(Supplier<T> change, Consumer<Object> late) {
        try {
            return change.get();
        } catch (UnknownOutcomeException e) {
            throw new UnknownOutcomeException(
                    String.valueOf(e.getMessage()), e.whenStored(result -> attempt(() -> late.accept(result))));
        }
    }

    /** Again and again while the store can't be read. */
    private static void attempt(Runnable work) {
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i <= ATTEMPTS; i++) {
            try {
                work.run();
                return;
            } catch (StoreException e) {
                log.error("What was stored late is not in effect yet: {}", e.getMessage());
                if (!rests(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            } catch (RuntimeException e) {
                log.error("What was stored late is in effect with the next start", e);
                return;
            }
        }
    }

    private static boolean rests(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
