package io.greenfinch.simulator.chat;

import java.time.Duration;

/**
 * How long the QR codes of one registration are good: clients show the first for a minute and the others for 20 s each (specification
 * §7.1).
 *
 * @param count how many refs a client gets
 * @param first how long the first one is shown
 * @param next how long each other is shown
 * @param grace for how long after that a phone that had just read it may still use it
 */
public record RefSchedule(int count, Duration first, Duration next, Duration grace) {

    /** As WhatsApp does. */
    public static RefSchedule defaults() {
        return new RefSchedule(6, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(5));
    }

    /** When the ref with this index is good for nothing any more, counted from the start. */
    Duration end(int index) {
        return first.plus(next.multipliedBy(index)).plus(grace);
    }

    /** When the last ref is good for nothing any more. */
    Duration end() {
        return end(count - 1);
    }
}
