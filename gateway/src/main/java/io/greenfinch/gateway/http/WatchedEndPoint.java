package io.greenfinch.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
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

    /** What was read to find out; it belongs to the next request. */
    private final ByteBuffer ahead = ByteBuffer.allocate(1).flip();

    WatchedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
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
        if (!ahead.hasRemaining() || BufferUtil.space(buffer) == 0) {
            return super.fill(buffer);
        }
        BufferUtil.append(buffer, ahead);
        return 1 + Math.max(0, super.fill(buffer));
    }
}
