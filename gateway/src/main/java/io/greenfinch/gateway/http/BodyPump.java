package io.greenfinch.gateway.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Brings a request's body to a sink, blocking the request's virtual thread, but not for ever. */
final class BodyPump {

    /** How much of a body that nobody wants is read and dropped, so that its sender gets to see the answer. */
    static final int MAX_DROPPED = 4 * 1024 * 1024;

    private static final Duration DROP_WAIT = Duration.ofSeconds(2);

    /** How it ended. */
    enum End {
        /** The sink got everything. */
        WHOLE,
        /** The sink did not want it all. */
        REFUSED,
        /** It did not come in time. */
        TOO_SLOW,
        /** The connection broke, or what came was not HTTP. */
        BROKEN
    }

    /** Takes the parts of a body, one after the other. */
    @FunctionalInterface
    interface Sink {
        /** False when nothing more is wanted; what is still to come is dropped. */
        boolean take(byte[] bytes, boolean last);
    }

    private BodyPump() {}

    /**
     * Reads and drops a body that nobody wants. A sender whose body is left unread may lose the connection before it has
     * read its answer. Who asks before sending it is spared that.
     */
    static void drop(Request request) {
        if (!request.getHeaders().contains(HttpHeader.EXPECT)) {
            run(request, DROP_WAIT, (bytes, last) -> false);
        }
    }

    static End run(Request request, Duration patience, Sink sink) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean wanted = true;
        long dropped = 0;
        try {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    await(request, deadline - System.nanoTime());
                    continue;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    return End.BROKEN;
                }
                byte[] bytes = new byte[chunk.remaining()];
                chunk.get(bytes, 0, bytes.length);
                boolean last = chunk.isLast();
                chunk.release();
                wanted = wanted && sink.take(bytes, last);
                if (!wanted) {
                    dropped += bytes.length;
                }
                if (last) {
                    return wanted ? End.WHOLE : End.REFUSED;
                }
                if (dropped > MAX_DROPPED) {
                    return End.REFUSED;
                }
            }
        } catch (TimeoutException e) {
            return End.TOO_SLOW;
        } catch (ExecutionException e) {
            return End.BROKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return End.BROKEN;
        }
    }

    private static void await(Request request, long nanos)
            throws TimeoutException, ExecutionException, InterruptedException {
        CompletableFuture<Boolean> content = new CompletableFuture<>();
        request.demand(() -> content.complete(true));
        content.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
    }
}
