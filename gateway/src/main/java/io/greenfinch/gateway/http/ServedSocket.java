package io.greenfinch.gateway.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** One open WebSocket and the thread that serves it. Thread-safe. Public because Jetty calls it by method handles. */
public final class ServedSocket implements Session.Listener.AutoDemanding {

    private static final Logger log = LoggerFactory.getLogger(ServedSocket.class);
    private static final Duration WRITE_WAIT = Duration.ofSeconds(10);

    private final String name;
    private final TextSocket.Program program;
    private @Nullable Thread thread;
    private boolean closed;

    /**
     * A socket that is not open yet.
     *
     * @param name of its thread
     */
    ServedSocket(String name, TextSocket.Program program) {
        this.name = name;
        this.program = program;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        Thread serving = Thread.ofVirtual().name(name).unstarted(() -> serve(session));
        synchronized (this) {
            if (closed) {
                return;
            }
            thread = serving;
        }
        serving.start();
    }

    private void serve(Session session) {
        int status = StatusCode.SERVER_ERROR;
        try {
            program.serve(new Sending(session));
            status = StatusCode.NORMAL;
        } catch (RuntimeException e) {
            log.error("A WebSocket could not be served", e);
        } finally {
            session.close(status, null, Callback.NOOP);
        }
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
        gone();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        gone();
    }

    private synchronized void gone() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized boolean isOpen() {
        return !closed;
    }

    /** The sending half. */
    private final class Sending implements TextSocket {
        private final Session session;

        Sending(Session session) {
            this.session = session;
        }

        @Override
        public boolean send(JsonNode message) {
            return written(callback -> session.sendText(message.toString(), callback));
        }

        @Override
        public boolean ping() {
            return written(callback -> session.sendPing(ByteBuffer.allocate(0), callback));
        }

        private boolean written(Consumer<Callback> write) {
            if (!isOpen()) {
                return false;
            }
            Callback.Completable written = new Callback.Completable();
            write.accept(written);
            try {
                written.get(WRITE_WAIT.toSeconds(), TimeUnit.SECONDS);
                return true;
            } catch (ExecutionException | TimeoutException e) {
                session.disconnect();
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
