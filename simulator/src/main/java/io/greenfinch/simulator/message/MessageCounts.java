package io.greenfinch.simulator.message;

/**
 * What became of the messages that devices sent, phones and companions alike, since the service was started. Guarded by the world's
 * lock.
 */
public final class MessageCounts {

    private long accepted;
    private long refused;
    private long repeated;
    private long altered;
    private long resent;
    private long retries;

    /**
     * The counts at a moment.
     *
     * @param accepted messages that were taken, each id once
     * @param refused messages that were not
     * @param repeated messages that came again under the id of one that was taken
     * @param altered those of them that were another stanza
     * @param resent messages that were sent again to a device that could not read them
     * @param retries receipts that asked for that
     */
    public record Snapshot(long accepted, long refused, long repeated, long altered, long resent, long retries) {}

    void accepted() {
        accepted++;
    }

    void refused() {
        refused++;
    }

    void repeated(boolean differs) {
        repeated++;
        altered += differs ? 1 : 0;
    }

    void resent() {
        resent++;
    }

    void retry() {
        retries++;
    }

    /** The counts so far. */
    public Snapshot snapshot() {
        return new Snapshot(accepted, refused, repeated, altered, resent, retries);
    }
}
