package io.greenfinch.client.history;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose reader takes turns with others, whatever it passes over: a virtual thread that never waits keeps its carrier, of
 * which there are as few as cores. For one thread.
 */
final class YieldingStream extends FilterInputStream {

    /** About a megabyte when it is inflated. */
    private static final int TURN = 128 * 1024;

    private int sinceTurn;

    YieldingStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        letOthersRun(1);
        return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int read = in.read(into, offset, count);
        letOthersRun(read);
        return read;
    }

    @SuppressWarnings("ThreadPriorityCheck") // not for correctness, and there is no other way to hand over a carrier
    private void letOthersRun(int read) {
        sinceTurn += Math.max(0, read);
        if (sinceTurn >= TURN) {
            sinceTurn = 0;
            Thread.yield();
        }
    }
}
