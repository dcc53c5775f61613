package io.greenfinch.gateway.http;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts calls in a sliding window, as a rule of a second, per caller and method. Thread-safe. Holds as many time stamps as the limits add up to
 * for the callers that exist; callers are known only after their token was checked, so strangers can't make it grow.
 */
public final class RateLimiter {

    private record Key(long caller, String method) {}

    /** The times of the last accepted calls, as a ring. */
    private static final class Window {
        private final long[] accepted;
        private int next;

        Window(int limit) {
            accepted = new long[limit];
            Arrays.fill(accepted, Long.MIN_VALUE / 2);
        }

        synchronized boolean take(long now, long length) {
            long age = now - accepted[next];
            // A clock that was set back must not lock callers out.
            if (age >= 0 && age < length) {
                return false;
            }
            accepted[next] = now;
            next = (next + 1) % accepted.length;
            return true;
        }
    }

    private final Map<Key, Window> windows = new ConcurrentHashMap<>();
    private final boolean on;
    private final Clock clock;

    /** One that counts, or lets everything pass. */
    public RateLimiter(boolean on, Clock clock) {
        this.on = on;
        this.clock = clock;
    }

    /** Whether one more call of {@code method} is within {@code calls} per {@code window}; if so it is counted. */
    boolean admits(long caller, String method, int calls, Duration window) {
        return !on
                || windows.computeIfAbsent(new Key(caller, method), key -> new Window(calls))
                        .take(clock.millis(), window.toMillis());
    }
}
