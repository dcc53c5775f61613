package io.greenfinch.client.connection;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.protocol.binary.MalformedStanzaException;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
import io.greenfinch.protocol.noise.FrameReader;
import io.greenfinch.protocol.noise.Frames;
import io.greenfinch.protocol.noise.HandshakeException;
import io.greenfinch.protocol.noise.MalformedFrameException;
import io.greenfinch.protocol.noise.NoiseTransport;
import io.greenfinch.protocol.noise.ServerKey;
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

        /** The server has proved who it is, by this key; now it learns who we are. */
        void secured(ServerKey server);

        /** A stanza came in. */
        void received(Node stanza);

        /** A stanza came in that can't be read. */
        void unreadable(MalformedStanzaException failure);

        /**
         * It is over, and not because we said so.
         *
         * @param greeted whether it was open, so that the server got our greeting and could have answered
         */
        void ended(Connection connection, DisconnectCause cause, boolean greeted);
    }

    private final SessionExecutor owner;
    private final Listener listener;
    private final FrameReader frames = new FrameReader(Frames.MAX_HANDSHAKE_FRAME);
    private final byte[] routing;
    private @Nullable Greeting greeting;
    private @Nullable Socket socket;
    private @Nullable NoiseTransport transport;
    private @Nullable ByteArrayOutputStream outgoing;
    private String reason = "it took too long";
    private boolean paused;
    private boolean wanting;
    private boolean ended;

    /**
     * A connection that is not open yet.
     *
     * @param greeting what we say first
     * @param routing edge-routing information, empty for none (specification §1.4)
     */
    Connection(SessionExecutor owner, Listener listener, Greeting greeting, byte[] routing) {
        this.owner = owner;
        this.listener = listener;
        this.greeting = greeting;
        this.routing = routing;
    }

    @Override
    public void opened(Socket opened) {
        owner.executeHere(() -> {
            if (ended) {
                opened.drop();
            } else {
                socket = opened;
                greet(opened);
            }
        });
    }

    private void greet(Socket opened) {
        if (greeting != null) {
            try {
                byte[] hello = Frames.frame(greeting.hello());
                write(Frames.routing(routing));
                write(Frames.intro());
                write(hello);
                opened.demand();
            } catch (HandshakeException e) {
                log.warn("The server's key that we know is none: {}", e.getMessage());
                fail(DisconnectCause.PROTOCOL);
            }
        }
    }

    @Override
    public void received(byte[] chunk) {
        owner.executeHere(() -> {
            if (!ended) {
                read(chunk);
            }
        });
    }

    @Override
    public void closed(DisconnectCause cause, String why) {
        owner.execute(() -> {
            if (!ended) {
                log.debug("Connection lost: {} {}", cause, why);
                reason = why;
                fail(cause);
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
            socket.send(message, failure -> closed(DisconnectCause.NETWORK, "a message could not be sent: " + failure));
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

    /** Ends it because the server lets us wait too long; the listener is told. */
    void giveUp() {
        if (!ended) {
            fail(DisconnectCause.NO_ANSWER);
        }
    }

    /** Why it could not be made, for the log. */
    String reason() {
        return reason;
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
        } catch (MalformedFrameException e) {
            log.warn("The server does not speak the protocol: {}", e.getMessage());
            fail(DisconnectCause.PROTOCOL);
        }
        wanting = true;
        if (!paused) {
            resume();
        }
    }

    private void take(byte[] frame) {
        if (transport != null) {
            listener.heard();
            deliver(transport.decrypt(frame));
        } else if (greeting != null) {
            Greeting present = greeting;
            present.answered(frame).ifPresent(finish -> write(Frames.frame(finish)));
            transport = present.transport();
            greeting = null;
            frames.limit(Frames.MAX_FRAME);
            listener.secured(present.server());
        }
    }

    /** A stanza that can't be read is the affair of that stanza: the frames around it were whole. */
    private void deliver(byte[] plain) {
        Node stanza;
        try {
            stanza = NodeDecoder.decode(plain);
        } catch (MalformedStanzaException e) {
            listener.unreadable(e);
            return;
        }
        listener.received(stanza);
    }

    private void fail(DisconnectCause cause) {
        boolean greeted = socket != null;
        drop();
        listener.ended(this, cause, greeted);
    }

    private void write(byte[] bytes) {
        if (outgoing == null) {
            outgoing = new ByteArrayOutputStream(bytes.length + 64);
        }
        outgoing.writeBytes(bytes);
    }
}
