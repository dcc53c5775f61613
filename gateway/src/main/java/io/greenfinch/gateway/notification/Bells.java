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
        private final CompletableFuture<Boolean> rung = new CompletableFuture<>();

        private Bell(long instance) {
            this.instance = instance;
        }

        /** Completes with whether it is worth another look. */
        CompletableFuture<Boolean> rung() {
            return rung;
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
            bell.rung.complete(false);
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
        ring(of(instance), true);
    }

    private synchronized List<Bell> of(long instance) {
        return List.copyOf(hanging.getOrDefault(instance, List.of()));
    }

    private static void ring(List<Bell> bells, boolean more) {
        bells.forEach(bell -> bell.rung.complete(more));
    }

    /** Sends everybody away, those included who come later. */
    void close() {
        ring(end(), false);
    }

    synchronized boolean closed() {
        return closed;
    }

    private synchronized List<Bell> end() {
        closed = true;
        return hanging.values().stream().flatMap(List::stream).toList();
    }
}
