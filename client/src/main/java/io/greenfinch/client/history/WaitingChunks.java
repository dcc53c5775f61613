package io.greenfinch.client.history;

import io.greenfinch.client.message.MessageContext;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of the parts of a history that are not read to their end. Belongs to the session's thread. */
final class WaitingChunks {

    private static final Logger log = LoggerFactory.getLogger(WaitingChunks.class);

    /** A store that can't be read is asked again after this time. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final MessageContext context;
    private final Set<String> keys = new HashSet<>(0);

    /** Those that were read to their end while an earlier run's are looked for: the store may still have them. */
    private final Set<String> gone = new HashSet<>(0);

    /** What was found in an earlier generation is void. */
    private long generation;

    private boolean asked;
    private boolean complete;

    WaitingChunks(MessageContext context) {
        this.context = context;
        context.state().observe(this::changed);
    }

    private void changed(Change change) {
        if (change.kind() == StateKind.HISTORY) {
            switch (change) {
                case Change.Put put -> {
                    keys.add(put.key());
                    gone.remove(put.key());
                }
                case Change.Remove remove -> {
                    keys.remove(remove.key());
                    if (!complete) {
                        gone.add(remove.key());
                    }
                }
                case Change.Clear _ -> {
                    forget();
                    complete |= asked; // what is being looked for is void
                }
            }
        }
    }

    int size() {
        return keys.size();
    }

    boolean any(Predicate<String> which) {
        return keys.stream().anyMatch(which);
    }

    /** What was decided and not stored is void. */
    void reset() {
        forget();
        asked = false;
        complete = false;
    }

    private void forget() {
        keys.clear();
        gone.clear();
        generation++;
    }

    /** Looks for what was left by an earlier run, once; {@code then} runs when that is known, at once where it is already. */
    void complete(Runnable then) {
        if (asked) {
            then.run();
        } else {
            asked = true;
            long now = generation;
            Thread.ofVirtual().name("history-" + context.instance()).start(() -> look(now, then));
        }
    }

    /** Blocks; from any thread. */
    private void look(long asking, Runnable then) {
        try {
            Set<String> left = context.keys(StateKind.HISTORY);
            context.owner().execute(() -> {
                if (asking == generation) {
                    left.stream().filter(key -> !gone.contains(key)).forEach(keys::add);
                    gone.clear();
                    complete = true;
                    then.run();
                }
            });
        } catch (StoreException e) {
            log.warn("Parts of a history can't be looked for: {}", e.getMessage());
            context.shared()
                    .timers()
                    .at(
                            context.shared().clock().instant().plus(AGAIN),
                            () -> Thread.ofVirtual()
                                    .name("history-" + context.instance())
                                    .start(() -> look(asking, then)));
        }
    }
}
