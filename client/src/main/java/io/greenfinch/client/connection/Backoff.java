package io.greenfinch.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: nothing the first time, then twice as long each time up to a minute, each
 * wait shortened at random by up to half so that many sessions do not come back at the same moment. A patient one begins
 * with a minute and goes up to an hour.
 */
public final class Backoff {

    /** The longest wait of a patient one. */
    static final Duration PATIENCE = Duration.ofHours(1);

    /** The longest wait while somebody waits for the outcome. */
    public static final Duration LONGEST_WANTED = Duration.ofSeconds(2);

    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;
    private final Duration first;
    private final Duration longest;
    private final int start;
    private int failures;

    public Backoff(RandomGenerator random) {
        this(random, Duration.ofSeconds(1), Duration.ofSeconds(60), 0);
    }

    private Backoff(RandomGenerator random, Duration first, Duration longest, int start) {
        this.random = random;
        this.first = first;
        this.longest = longest;
        this.start = start;
        failures = start;
    }

    /** For what only somebody else can put right. */
    static Backoff patient(RandomGenerator random) {
        return new Backoff(random, Duration.ofMinutes(1), PATIENCE, 1);
    }

    /** The next wait, after one more failure. */
    public Duration next() {
        int failure = failures++;
        if (failure == 0) {
            return Duration.ZERO;
        }
        Duration grown = first.multipliedBy(1L << Math.min(failure - 1, MOST_DOUBLINGS));
        Duration capped = grown.compareTo(longest) > 0 ? longest : grown;
        return capped.dividedBy(2).plusMillis(random.nextLong(capped.toMillis() / 2 + 1));
    }

    /** The next wait after one more failure when somebody waits for the outcome. */
    public Duration nextWanted() {
        Duration wait = next();
        return wait.compareTo(LONGEST_WANTED) > 0 ? LONGEST_WANTED : wait;
    }

    /** It worked. */
    public void reset() {
        failures = start;
    }
}
