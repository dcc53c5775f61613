package io.greenfinch.client.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Those who wait until a session is online. Belongs to the session's thread. */
final class OnlineWaiters {

    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>(0);

    /** One more; those who have given up meanwhile make room. */
    void add(CompletableFuture<Boolean> answer) {
        waiting.removeIf(CompletableFuture::isDone);
        waiting.add(answer);
    }

    /** Tells all of them. */
    void answer(boolean online) {
        waiting.forEach(each -> each.complete(online));
        waiting.clear();
    }
}
