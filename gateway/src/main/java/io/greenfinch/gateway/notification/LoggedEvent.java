package io.greenfinch.gateway.notification;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened, for the log of events alone.
 *
 * @param kind what its body is: {@code state}, {@code connection}, {@code group}, …; {@code notification} is kept for those
 * @param cause words that tell it from every other of its instance
 */
public record LoggedEvent(String kind, List<String> cause, Instant at, ObjectNode body) {

    /** What happened stays out of logs. */
    @Override
    public String toString() {
        return "LoggedEvent[" + kind + " at " + at + "]";
    }
}
