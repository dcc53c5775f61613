package io.greenfinch.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: nothing the first time, then twice as long each time up to a minute, each
 * wait shortened at random by up to half so that many sessions do not come back at the same moment.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** The longest wait while somebody waits for the outcome. */
    static final Duration LONGEST_WANTED = Duration.ofSeconds(2);

    private final RandomGenerator random;
    private int failures;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait, after one more failure. */
    public Duration next() {
        int failure = failures++;
        if (failure == 0) {
            return Duration.ZERO;
        }
        Duration longest = failure > 6 ? LONGEST : FIRST.multipliedBy(1L << (failure - 1));
        Duration capped = longest.compareTo(LONGEST) > 0 ? LONGEST : longest;
        return capped.dividedBy(2).plusMillis(random.nextLong(capped.toMillis() / 2 + 1));
    }

    /** The next wait after one more failure when somebody waits for the outcome. */
    public Duration nextWanted() {
        Duration wait = next();
        return wait.compareTo(LONGEST_WANTED) > 0 ? LONGEST_WANTED : wait;
    }

    /** It worked. */
    public void reset() {
        failures = 0;
    }
}
