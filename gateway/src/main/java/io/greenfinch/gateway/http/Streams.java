package io.greenfinch.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of server-sent events that are open, a bounded number of them. Thread-safe. */
final class Streams {

    private static final Logger log = LoggerFactory.getLogger(Streams.class);

    static final int MOST = 2_000;
    static final int MOST_OF_ONE = 16;

    private static final String TYPE = "text/event-stream; charset=utf-8";

    /** A caller who takes nothing for so long is gone. */
    private static final long WRITE_SECONDS = 10;

    private final Places places = new Places(MOST, MOST_OF_ONE);

    /** Takes a place for an instance; false when there is none. Whoever has one must {@link #serve}. */
    boolean take(long owner) {
        return places.take(owner);
    }

    /** Serves a stream on this thread, to its end. Headers that have nothing to do with streams are there already. */
    void serve(long owner, EventStream.Program program, Request request, Response response, Callback callback) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE).put("X-Accel-Buffering", "no");
        Open stream = new Open(request, response);
        try {
            // Where to come back to is the caller's to say; when, is ours.
            if (stream.written(false, "retry: 1000\n\n")) {
                program.fill(stream);
            }
        } catch (RuntimeException e) {
            // Caught here: the server below would log the URI, and the token with it.
            log.error("A stream of events ended early", e);
        } finally {
            places.giveBack(owner);
        }
        if (stream.written(true, "")) {
            callback.succeeded();
        } else {
            callback.failed(new TimeoutException("the caller of a stream is gone"));
        }
    }

    /** One of them. */
    private static final class Open implements EventStream {

        private final Request request;
        private final Response response;
        private boolean gone;

        Open(Request request, Response response) {
            this.request = request;
            this.response = response;
        }

        @Override
        public Optional<String> lastId() {
            return Optional.ofNullable(request.getHeaders().get("Last-Event-ID"));
        }

        @Override
        public boolean send(String id, String kind, String data) {
            return written(false, "id: " + id + "\nevent: " + kind + "\ndata: " + data + "\n\n");
        }

        @Override
        public boolean stand(String id) {
            return written(false, "id: " + id + "\n\n");
        }

        @Override
        public boolean ping() {
            return !WatchedEndPoint.callerGone(request) && written(false, ":\n\n");
        }

        boolean written(boolean last, String text) {
            if (gone) {
                return false;
            }
            Callback.Completable written = new Callback.Completable();
            response.write(last, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), written);
            try {
                written.get(WRITE_SECONDS, TimeUnit.SECONDS);
                return true;
            } catch (ExecutionException | TimeoutException e) {
                gone = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                gone = true;
            }
            return false;
        }
    }
}
