package io.greenfinch.gateway.notification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Who waits for something of which instance. Thread-safe. */
final class Bells {

    /** Those of one instance that wait at a time; each holds a connection. */
    static final int MOST_OF_ONE = 64;

    private final Map<Long, List<Bell>> hanging = new HashMap<>();
    private boolean closed;

    /** Rings once, when there may be something. Closed by who has hung it up. */
    final class Bell implements AutoCloseable {

        private final long instance;
        private CompletableFuture<Boolean> rung = new CompletableFuture<>();
        private boolean rang;

        private Bell(long instance) {
            this.instance = instance;
        }

        /** Completes with whether it is worth another look. Another one each time, so that those that nobody awaits any more leave nothing. */
        CompletableFuture<Boolean> rung() {
            synchronized (Bells.this) {
                if (!rang) {
                    rung = new CompletableFuture<>();
                }
                return rung;
            }
        }

        @Override
        public void close() {
            remove(this);
        }
    }

    /** Hangs one up; empty when the instance has too many. */
    synchronized Optional<Bell> hang(long instance) {
        Bell bell = new Bell(instance);
        if (closed) {
            rings(bell).complete(false);
            return Optional.of(bell);
        }
        List<Bell> all = hanging.computeIfAbsent(instance, key -> new ArrayList<>(1));
        if (all.size() >= MOST_OF_ONE) {
            return Optional.empty();
        }
        all.add(bell);
        return Optional.of(bell);
    }

    private synchronized void remove(Bell bell) {
        hanging.computeIfPresent(bell.instance, (key, all) -> all.remove(bell) && all.isEmpty() ? null : all);
    }

    /** Wakes those who wait for this instance; never blocks. */
    void ring(long instance) {
        awaited(instance).forEach(rung -> rung.complete(true));
    }

    private synchronized List<CompletableFuture<Boolean>> awaited(long instance) {
        return hanging.getOrDefault(instance, List.of()).stream()
                .map(Bells::rings)
                .toList();
    }

    private static CompletableFuture<Boolean> rings(Bell bell) {
        bell.rang = true;
        return bell.rung;
    }

    /** Sends everybody away, those included who come later. */
    void close() {
        end().forEach(rung -> rung.complete(false));
    }

    synchronized boolean closed() {
        return closed;
    }

    private synchronized List<CompletableFuture<Boolean>> end() {
        closed = true;
        return hanging.values().stream().flatMap(List::stream).map(Bells::rings).toList();
    }
}
