package io.greenfinch.client;

import io.greenfinch.protocol.binary.MalformedStanzaException;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
import io.greenfinch.protocol.noise.FrameReader;
import io.greenfinch.protocol.noise.Frames;
import io.greenfinch.protocol.noise.HandshakeException;
import io.greenfinch.protocol.noise.InitiatorHandshake;
import io.greenfinch.protocol.noise.MalformedFrameException;
import io.greenfinch.protocol.noise.NoiseTransport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from the first byte to the last: handshake, frames, encryption, stanzas (specification §1, §2). Belongs
 * to the session's thread; only the socket's callbacks come from outside, and become steps of that thread.
 */
final class Connection implements Socket.Listener {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** What comes out of a connection, on the session's thread. */
    interface Listener {

        /** A frame came in, whatever is in it. */
        void heard();

        /** A stanza came in. */
        void received(Node stanza);

        /** It is over, and not because we said so. */
        void ended(Connection connection, DisconnectCause cause);
    }

    private final Owner owner;
    private final Listener listener;
    private final InitiatorHandshake handshake;
    private final byte[] payload;
    private final FrameReader frames = new FrameReader(Frames.MAX_FRAME);
    private @Nullable Socket socket;
    private @Nullable NoiseTransport transport;
    private @Nullable ByteArrayOutputStream outgoing;
    private boolean paused;
    private boolean wanting;
    private boolean ended;

    /** A connection that introduces itself with {@code payload}, the client payload of specification §4. */
    Connection(Owner owner, Listener listener, InitiatorHandshake handshake, byte[] payload) {
        this.owner = owner;
        this.listener = listener;
        this.handshake = handshake;
        this.payload = payload;
    }

    @Override
    public void opened(Socket opened) {
        owner.execute(() -> {
            if (ended) {
                opened.drop();
                return;
            }
            socket = opened;
            byte[] hello = Frames.frame(handshake.clientHello());
            write(Frames.intro());
            write(hello);
            opened.demand();
        });
    }

    @Override
    public void received(byte[] chunk) {
        owner.execute(() -> {
            if (!ended) {
                read(chunk);
            }
        });
    }

    @Override
    public void closed(String why) {
        owner.execute(() -> {
            if (!ended) {
                log.debug("Connection lost: {}", why);
                fail(DisconnectCause.NETWORK);
            }
        });
    }

    /** Encrypts a stanza and puts it to those that the next {@link #flush} sends. Does nothing when it has ended. */
    void send(Node stanza) {
        if (!ended && transport != null) {
            write(Frames.frame(transport.encrypt(NodeEncoder.encode(stanza))));
        }
    }

    /** Sends what has gathered, as one message. */
    void flush() {
        if (outgoing != null && socket != null && !ended) {
            byte[] message = outgoing.toByteArray();
            outgoing = null;
            socket.send(message, failure -> closed("a message could not be sent: " + failure));
        }
    }

    /** Takes in no further chunk until {@link #resume}. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        if (wanting && socket != null && !ended) {
            wanting = false;
            socket.demand();
        }
    }

    /** Ends it from our side: what was sent before is still written. */
    void close() {
        if (!ended) {
            flush();
            ended = true;
            if (socket != null) {
                socket.close();
            }
        }
    }

    /** Ends it from our side because the other is not there any more. */
    void drop() {
        ended = true;
        if (socket != null) {
            socket.drop();
        }
    }

    private void read(byte[] chunk) {
        try {
            frames.feed(ByteBuffer.wrap(chunk));
            byte[] frame = frames.next();
            while (frame != null && !ended) {
                take(frame);
                frame = ended ? null : frames.next();
            }
        } catch (HandshakeException e) {
            log.warn("The server can't be trusted: {}", e.getMessage());
            fail(e.kind().name().startsWith("CERTIFICATE") ? DisconnectCause.CERTIFICATE : DisconnectCause.PROTOCOL);
        } catch (MalformedFrameException | MalformedStanzaException e) {
            log.warn("The server does not speak the protocol: {}", e.getMessage());
            fail(DisconnectCause.PROTOCOL);
        }
        wanting = true;
        if (!paused) {
            resume();
        }
    }

    private void take(byte[] frame) {
        if (transport == null) {
            write(Frames.frame(handshake.clientFinish(frame, payload)));
            transport = handshake.transport();
            return;
        }
        listener.heard();
        listener.received(NodeDecoder.decode(transport.decrypt(frame)));
    }

    private void fail(DisconnectCause cause) {
        drop();
        listener.ended(this, cause);
    }

    private void write(byte[] bytes) {
        if (outgoing == null) {
            outgoing = new ByteArrayOutputStream(bytes.length + 64);
        }
        outgoing.writeBytes(bytes);
    }
}
