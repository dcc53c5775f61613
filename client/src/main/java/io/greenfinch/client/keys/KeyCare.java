package io.greenfinch.client.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When the companion's keys at the server need attention again (specification §12.4). Immutable.
 *
 * @param rotateAt when the signed prekey has served long enough
 * @param confirmed whether the server has said that it has the present signed prekey since the last rotation
 * @param compareAt when what the server has is to be compared with what we have
 */
public record KeyCare(Instant rotateAt, boolean confirmed, Instant compareAt) {

    /** Nothing has been planned yet. */
    public static final KeyCare UNPLANNED = new KeyCare(Instant.EPOCH, true, Instant.EPOCH);

    /** Signed prekeys are changed after 27 to 30 days, as other clients do it. */
    private static final Duration SERVICE = Duration.ofDays(27);

    private static final Duration SERVICE_SPREAD = Duration.ofDays(3);

    private static final Duration UNCOMPARED = Duration.ofDays(7);

    private static final Duration UNCOMPARED_SPREAD = Duration.ofDays(2);

    public boolean planned() {
        return !rotateAt.equals(Instant.EPOCH);
    }

    /** The plan of a companion whose keys were just made or have no plan yet; an existing plan stays. */
    KeyCare orFrom(Instant now, RandomGenerator random) {
        return planned() ? this : new KeyCare(rotation(now, random), confirmed, comparison(now, random));
    }

    /** After a new signed prekey was made, which the server does not have yet. */
    KeyCare rotated(Instant now, RandomGenerator random) {
        return new KeyCare(rotation(now, random), false, compareAt);
    }

    /** After the server took it. */
    KeyCare withConfirmation() {
        return new KeyCare(rotateAt, true, compareAt);
    }

    /** After a comparison. */
    KeyCare compared(Instant now, RandomGenerator random) {
        return new KeyCare(rotateAt, confirmed, comparison(now, random));
    }

    private static Instant rotation(Instant now, RandomGenerator random) {
        return now.plus(SERVICE).plusSeconds(random.nextLong(SERVICE_SPREAD.toSeconds()));
    }

    private static Instant comparison(Instant now, RandomGenerator random) {
        return now.plus(UNCOMPARED).plusSeconds(random.nextLong(UNCOMPARED_SPREAD.toSeconds()));
    }
}
