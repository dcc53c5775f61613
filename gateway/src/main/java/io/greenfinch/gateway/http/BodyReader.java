package io.greenfinch.gateway.http;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads a request's body up to a limit of size and of time, blocking the request's virtual thread. */
sealed interface BodyReader {

    /** JSON bodies may have 100 KB (green-api.md §1.3). */
    int MAX_BYTES = 100 * 1024;

    /** How much of a body that is too large is read and dropped, so that its sender gets to see the answer. */
    int MAX_DROPPED = 4 * 1024 * 1024;

    /** The whole body. */
    record Whole(byte[] bytes) implements BodyReader {}

    /** More than {@link #MAX_BYTES}. */
    record TooLarge() implements BodyReader {}

    /** It did not come in time. */
    record TooSlow() implements BodyReader {}

    /** The connection broke, or what came was not HTTP. */
    record Broken() implements BodyReader {}

    static BodyReader read(Request request, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long length = 0;
        try {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    await(request, deadline - System.nanoTime());
                    continue;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    return new Broken();
                }
                length += chunk.remaining();
                if (length <= MAX_BYTES) {
                    byte[] part = new byte[chunk.remaining()];
                    chunk.get(part, 0, part.length);
                    bytes.writeBytes(part);
                }
                boolean last = chunk.isLast();
                chunk.release();
                if (last || length > MAX_DROPPED) {
                    return length <= MAX_BYTES ? new Whole(bytes.toByteArray()) : new TooLarge();
                }
            }
        } catch (TimeoutException e) {
            return new TooSlow();
        } catch (ExecutionException e) {
            return new Broken();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Broken();
        }
    }

    private static void await(Request request, long nanos)
            throws TimeoutException, ExecutionException, InterruptedException {
        CompletableFuture<Boolean> content = new CompletableFuture<>();
        request.demand(() -> content.complete(true));
        content.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
    }
}
