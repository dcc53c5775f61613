package io.greenfinch.client.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Those who wait until a session is online. Belongs to the session's thread. */
final class OnlineWaiters {

    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>(0);

    /** Tells at once what is certain, and else waits; those who have given up meanwhile make room. */
    void add(CompletableFuture<Boolean> answer, boolean online, boolean possible) {
        if (online || !possible) {
            answer.complete(online);
            return;
        }
        waiting.removeIf(CompletableFuture::isDone);
        waiting.add(answer);
    }

    /** Tells all of them. */
    void answer(boolean online) {
        waiting.forEach(each -> each.complete(online));
        waiting.clear();
    }
}
