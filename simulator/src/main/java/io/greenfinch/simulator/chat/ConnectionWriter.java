package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeEncoder;
import io.greenfinch.protocol.noise.Frames;
import io.greenfinch.protocol.noise.NoiseTransport;
import io.greenfinch.simulator.chat.Outgoing.Manner;
import io.greenfinch.simulator.time.Timer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending half of a connection: a queue, and whoever comes by with {@link #flush} writes it out, one frame at a time, so that an idle
 * connection needs no thread. Stanzas are encrypted in the order they were queued.
 *
 * <p>Thread-safe. Nothing but {@link #flush} touches the socket at once, so everything else may be called under the world's lock.
 */
final class ConnectionWriter {

    private static final Logger log = LoggerFactory.getLogger(ConnectionWriter.class);

    /** A farewell must have left before the close overtakes it (specification §9.3). */
    private static final Duration FAREWELL = Duration.ofMillis(150);

    /** A client that does not answer the close is not waited for longer. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    /** A stanza that is to come after the next one is not held longer than this. */
    private static final Duration HELD = Duration.ofSeconds(2);

    private static final Duration FROZEN = Duration.ofHours(1);
    private static final int PIECE = 5;

    private final Session session;
    private final Timer timer;
    private final int limit;
    private final Queue<Outgoing> queue = new ArrayDeque<>();
    private final Queue<ByteBuffer> pieces = new ArrayDeque<>();
    private final Writing writing = new Writing();
    private final Runnable flushing = this::flush;
    private @Nullable NoiseTransport transport;
    private @Nullable Outgoing held;
    private Consumer<Node> sent = _ -> {};
    private boolean silent;
    private boolean frozen;
    private boolean ending;

    /** The sending half of {@code session}, with at most {@code limit} stanzas waiting. */
    ConnectionWriter(Session session, Timer timer, int limit) {
        this.session = session;
        this.timer = timer;
        this.limit = limit;
    }

    /** Everything from now on is encrypted; {@code observer} is shown each stanza that is written. */
    synchronized void secure(NoiseTransport newTransport, Consumer<Node> observer) {
        transport = newTransport;
        sent = observer;
    }

    synchronized void sendPlain(byte[] frame) {
        add(new Outgoing.Plain(frame));
    }

    void send(Node stanza) {
        send(stanza, Manner.PROPERLY, () -> {});
    }

    synchronized void send(Node stanza, Manner manner, Runnable written) {
        Outgoing.Stanza next = new Outgoing.Stanza(stanza, manner, written);
        if (manner == Manner.AFTER_THE_NEXT && held == null) {
            held = next;
            timer.after(HELD, this::releaseHeld);
            return;
        }
        add(next);
        if (manner == Manner.TWICE) {
            add(next);
        }
        release();
    }

    private void releaseHeld() {
        synchronized (this) {
            release();
        }
        flush();
    }

    private void release() {
        Outgoing late = held;
        if (late != null) {
            held = null;
            add(late);
        }
    }

    private void add(Outgoing next) {
        if (silent || ending) {
            return;
        }
        if (queue.size() >= limit) {
            log.warn("a client reads too slowly: {} stanzas wait for it, its connection is cut", queue.size());
            cut();
            return;
        }
        queue.add(next);
    }

    /** Sends a last stanza and closes the connection when it has left. */
    synchronized void end(Node farewell) {
        send(farewell);
        end();
    }

    /** Closes the connection when everything has left. */
    synchronized void end() {
        if (frozen) {
            cut();
            return;
        }
        add(new Outgoing.End());
        ending = true;
    }

    /** Whether nothing is written any more. */
    synchronized boolean silent() {
        return silent;
    }

    /** Whether the connection went dead on purpose: it neither reads nor writes, but stays open. */
    synchronized boolean frozen() {
        return frozen;
    }

    /** Reads and writes nothing from now on, but keeps the connection open. */
    synchronized void freeze() {
        frozen = true;
        silence();
        // Nothing is read or written any more, which would otherwise close the connection soon.
        session.setIdleTimeout(FROZEN);
    }

    /** Writes nothing from now on, and drops what waits. */
    synchronized void silence() {
        silent = true;
        queue.clear();
        pieces.clear();
        held = null;
    }

    /** Tears the connection down at once, without a farewell. */
    void cut() {
        silence();
        timer.after(Duration.ZERO, session::disconnect);
    }

    /** Writes what waits. Not to be called under the world's lock. */
    void flush() {
        writing.iterate();
    }

    /** {@link #flush}, always as the same object, so that it can be put off once only. */
    Runnable flushing() {
        return flushing;
    }

    private synchronized @Nullable ByteBuffer next() {
        if (!pieces.isEmpty()) {
            return pieces.remove();
        }
        Outgoing next = queue.poll();
        return switch (next) {
            case null -> null;
            case Outgoing.Plain(byte[] frame) -> ByteBuffer.wrap(frame);
            case Outgoing.Stanza stanza -> {
                byte[] frame = frame(stanza);
                stanza.written().run();
                yield stanza.manner() == Manner.IN_PIECES ? cutUp(frame) : ByteBuffer.wrap(frame);
            }
            case Outgoing.End() -> {
                timer.after(FAREWELL, () -> session.close(StatusCode.NORMAL, null, Callback.NOOP));
                timer.after(FAREWELL.plus(CLOSING), session::disconnect);
                yield null;
            }
        };
    }

    private byte[] frame(Outgoing.Stanza stanza) {
        NoiseTransport cipher = transport;
        if (cipher == null) {
            throw new IllegalStateException("a stanza before the handshake is complete");
        }
        sent.accept(stanza.node());
        byte[] payload = cipher.encrypt(NodeEncoder.encode(stanza.node()));
        if (stanza.manner() == Manner.CORRUPTED) {
            payload[payload.length - 1] ^= 1;
        }
        return Frames.frame(payload);
    }

    private ByteBuffer cutUp(byte[] frame) {
        for (int start = PIECE; start < frame.length; start += PIECE) {
            pieces.add(ByteBuffer.wrap(frame, start, Math.min(PIECE, frame.length - start)));
        }
        return ByteBuffer.wrap(frame, 0, Math.min(PIECE, frame.length));
    }

    /** Writes one frame after the other, each when the one before has left. */
    private final class Writing extends IteratingCallback {

        @Override
        protected Action process() {
            ByteBuffer frame = next();
            if (frame == null) {
                return Action.IDLE;
            }
            session.sendBinary(frame, Callback.from(this::succeeded, this::failed));
            return Action.SCHEDULED;
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            log.debug("a connection can't be written to any more", cause);
            silence();
        }
    }
}
