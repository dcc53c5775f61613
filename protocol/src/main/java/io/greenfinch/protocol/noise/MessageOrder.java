package io.greenfinch.protocol.noise;

/** Keeps the steps of a handshake in order: each once, and only after the one before it succeeded. */
final class MessageOrder {

    private int succeeded;
    private boolean underWay;

    /** Begins step {@code step} (1, 2, …). Without a {@link #succeeded} call for it no further step can begin. */
    void begin(int step) {
        if (underWay || step != succeeded + 1) {
            throw new IllegalStateException("step " + step + " of a handshake after " + succeeded
                    + (underWay ? " and a step that failed" : ""));
        }
        underWay = true;
    }

    /** The step that is under way succeeded. */
    void succeeded() {
        succeeded++;
        underWay = false;
    }
}
