package io.greenfinch.gateway.instance;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was stored too late for who waited: memory follows when it is known. */
final class LateOutcomes {

    private static final Logger log = LoggerFactory.getLogger(LateOutcomes.class);

    private LateOutcomes() {}

    /** Makes a change; where it is stored too late for the caller, {@code follow} runs after that, on a thread of its own. */
    static void follow(Runnable change, Runnable follow) {
        try {
            change.run();
        } catch (UnknownOutcomeException e) {
            afterwards(e, done -> follow.run());
            throw e;
        }
    }

    /** Does something with what a change came to, when it is stored; on a thread of its own. */
    static void afterwards(UnknownOutcomeException late, Consumer<Object> work) {
        var _ = late.decided()
                .thenAcceptAsync(
                        result -> {
                            try {
                                work.accept(result);
                            } catch (StoreException e) {
                                log.error("What was stored late is in effect with the next start: {}", e.getMessage());
                            }
                        },
                        Thread::startVirtualThread);
    }
}
