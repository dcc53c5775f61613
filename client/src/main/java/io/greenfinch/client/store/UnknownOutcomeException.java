package io.greenfinch.client.store;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The store has not said in time what became of a change: it may have been stored, or may be later, or never. */
public final class UnknownOutcomeException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final transient CompletionStage<?> decided;

    /**
     * Nothing was heard yet.
     *
     * @param decided as of {@link #decided}
     */
    public UnknownOutcomeException(String message, CompletionStage<?> decided) {
        super(message);
        this.decided = decided;
    }

    /**
     * Completes when it is known: with what the change came to, or exceptionally where nothing was stored. Completed by the thread that
     * writes for everybody: what hangs on it must be short, or have a thread of its own. Not there after serialization.
     */
    public CompletionStage<?> decided() {
        return decided;
    }

    /**
     * Does something with what the change came to, where it is stored after all; on a thread of its own.
     *
     * @return {@link #decided}, after that
     */
    public CompletionStage<?> whenStored(Consumer<Object> work) {
        return decided.thenApplyAsync(
                result -> {
                    work.accept(result);
                    return result;
                },
                Thread::startVirtualThread);
    }
}
