package io.greenfinch.client.presence;

import io.greenfinch.client.stanza.StanzaTime;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Who waits for word of whom. Thread-safe. */
final class PresenceWatches {

    private final Map<Jid, List<Watch>> waiting = new HashMap<>();

    /** Somebody who waits. */
    static final class Watch {

        private final CompletableFuture<LastSeen> told = new CompletableFuture<>();

        /** True when there is word. */
        CompletableFuture<Boolean> event() {
            return told.thenApply(_ -> true);
        }

        /** What was told; {@link LastSeen#UNTOLD} as long as nothing was. */
        LastSeen now() {
            return told.getNow(LastSeen.UNTOLD);
        }
    }

    /** Waits for somebody, by whichever of their names there is word of them. */
    synchronized Watch begin(Set<Jid> names) {
        Watch watch = new Watch();
        names.forEach(
                name -> waiting.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(watch));
        return watch;
    }

    synchronized void end(Set<Jid> names, Watch watch) {
        names.forEach(name -> waiting.computeIfPresent(name, (_, all) -> {
            all.remove(watch);
            return all.isEmpty() ? null : all;
        }));
    }

    /** Takes in a {@code <presence>}, which says "there" when it has no type (specification §24). */
    void saw(Node presence) {
        Optional<Jid> from = presence.jid("from").map(Jid::account);
        if (from.isEmpty()) {
            return;
        }
        LastSeen told = presence.is("type", "unavailable")
                ? new LastSeen(false, StanzaTime.of(presence, "last"))
                : new LastSeen(true, Optional.empty());
        List<Watch> all;
        synchronized (this) {
            all = List.copyOf(waiting.getOrDefault(from.get(), List.of()));
        }
        all.forEach(each -> each.told.complete(told));
    }
}
