package io.greenfinch.simulator.trace;

import java.util.OptionalLong;

/**
 * A request of a client. Thread-safe.
 *
 * <p>Times are nanoseconds of the same clock, which has no relation to the time of day: only differences mean something.
 */
public final class TracedIq {

    private final String id;
    private final String device;
    private final String xmlns;
    private final String type;
    private final String child;
    private final long received;
    private volatile long answered;
    private volatile String outcome = "unanswered";

    TracedIq(String id, String device, String xmlns, String type, String child, long received) {
        this.id = id;
        this.device = device;
        this.xmlns = xmlns;
        this.type = type;
        this.child = child;
        this.received = received;
    }

    public String id() {
        return id;
    }

    /** The companion's address. */
    public String device() {
        return device;
    }

    public String xmlns() {
        return xmlns;
    }

    public String type() {
        return type;
    }

    /** Tag of the first child, empty without one. */
    public String child() {
        return child;
    }

    /** When the request had been read. */
    public long received() {
        return received;
    }

    /** When the answer was given to the socket. */
    public OptionalLong answered() {
        return outcome.equals("unanswered") ? OptionalLong.empty() : OptionalLong.of(answered);
    }

    /** {@code result}, {@code error 429} and the like, or {@code unanswered}. */
    public String outcome() {
        return outcome;
    }

    /** Notes the answer. */
    public void answered(long nanos, String with) {
        answered = nanos;
        outcome = with;
    }
}
