package io.greenfinch.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether the caller is still there. While a request is worked on nobody reads from its
 * connection, so a caller who gave up goes unnoticed, and an answer written after that still counts as sent: the system
 * takes it, and throws it away. For a leave that must not be mistaken for having been told.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {

    /** What a connection is at. */
    private enum At {
        /** Something of a request's head has come, or the connection is new. */
        HEAD,
        /** A request is being worked on. */
        WORK,
        /** Answered, and nothing more has come. */
        REST
    }

    /** Whether it is one of those kept for questions about health. */
    private final boolean spare;

    private volatile At at = At.HEAD;
    private volatile long since = System.nanoTime();

    /** What was read to find out; it belongs to the next request. */
    private final ByteBuffer ahead = ByteBuffer.allocate(1).flip();

    WatchedEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, boolean spare) {
        super(channel, selector, key, scheduler);
        this.spare = spare;
    }

    boolean spare() {
        return spare;
    }

    /** The head of a request is here. */
    void working() {
        at = At.WORK;
    }

    /** It was answered. */
    void resting() {
        at = At.REST;
    }

    /** Whether the head of a request has been coming for longer than this; on a WebSocket there is none. */
    boolean overdue(Duration patience) {
        return at == At.HEAD
                && System.nanoTime() - since > patience.toNanos()
                && getConnection() instanceof Connection.UpgradeFrom;
    }

    /** Whether the caller of {@code request} has closed its side of the connection, or lost it. */
    static boolean callerGone(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint() instanceof WatchedEndPoint watched
                && watched.ended();
    }

    private synchronized boolean ended() {
        if (ahead.hasRemaining()) {
            return false;
        }
        try {
            ahead.clear();
            return getChannel().read(ahead) < 0;
        } catch (IOException e) {
            return true;
        } finally {
            ahead.flip();
        }
    }

    @Override
    public synchronized int fill(ByteBuffer buffer) throws IOException {
        int taken = ahead.hasRemaining()
                ? BufferUtil.append(buffer, ahead)
                : 0; // makes room in one that was read to its end
        int more = super.fill(buffer);
        return filled(taken == 0 ? more : taken + Math.max(0, more));
    }

    private int filled(int bytes) {
        if (bytes > 0 && at == At.REST) {
            since = System.nanoTime();
            at = At.HEAD;
        }
        return bytes;
    }
}
