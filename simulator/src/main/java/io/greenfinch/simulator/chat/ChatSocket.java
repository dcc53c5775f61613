package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.MalformedStanzaException;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.noise.ClientFinish;
import io.greenfinch.protocol.noise.FrameReader;
import io.greenfinch.protocol.noise.Frames;
import io.greenfinch.protocol.noise.HandshakeException;
import io.greenfinch.protocol.noise.IntroReader;
import io.greenfinch.protocol.noise.MalformedFrameException;
import io.greenfinch.protocol.noise.NoiseTransport;
import io.greenfinch.protocol.noise.ResponderHandshake;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.pairing.MalformedPayloadException;
import io.greenfinch.simulator.account.ClientIntro;
import io.greenfinch.simulator.stanza.ServerStanzas;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiving half of a connection: bytes in any pieces become the intro, the two messages of the handshake, then stanzas (specification
 * §1, §2). Public only because Jetty calls nothing else; from one thread at a time.
 */
public final class ChatSocket implements Session.Listener {

    private static final Logger log = LoggerFactory.getLogger(ChatSocket.class);
    private static final int BAD_REQUEST = 400;

    private final ChatService service;
    private final IntroReader intro = new IntroReader();
    private final FrameReader frames = new FrameReader(Frames.MAX_HANDSHAKE_FRAME);
    private final ResponderHandshake handshake;
    private @Nullable Session session;
    private @Nullable ConnectionWriter writer;
    private @Nullable NoiseTransport transport;
    private volatile @Nullable Stream stream;
    private boolean greeted;
    private boolean broken;

    ChatSocket(ChatService service) {
        this.service = service;
        this.handshake = service.handshake();
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        ConnectionWriter newWire =
                new ConnectionWriter(opened, service.timer(), service.settings().outgoing());
        session = opened;
        writer = newWire;
        service.timer().after(service.settings().handshakeTimeout(), () -> {
            if (stream == null) {
                newWire.cut();
            }
        });
        opened.demand();
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer chunk, boolean last, Callback callback) {
        ConnectionWriter out = writer;
        Session open = session;
        if (out == null || open == null) {
            callback.fail(new IllegalStateException("bytes before the connection is open"));
            return;
        }
        long received = service.trace().nanos();
        if (!broken && !out.silent()) {
            take(chunk, out, received);
            out.flush();
        }
        callback.succeed();
        // A connection that went dead does not read on: TCP stays open, the client's bytes pile up.
        if (!out.frozen()) {
            open.demand();
        }
    }

    private void take(ByteBuffer chunk, ConnectionWriter out, long received) {
        try {
            ByteBuffer bytes = chunk;
            if (!intro.complete()) {
                intro.feed(chunk);
                if (!intro.complete()) {
                    return;
                }
                bytes = intro.rest();
            }
            frames.feed(bytes);
            for (byte[] frame = frames.next(); frame != null && !out.silent(); frame = frames.next()) {
                frame(frame, out, received);
            }
        } catch (MalformedFrameException | HandshakeException e) {
            log.info("a client does not keep to the protocol, its connection is cut: {}", e.getMessage());
            broken = true;
            out.cut();
        } catch (MalformedPayloadException e) {
            log.info("a client's payload is malformed: {}", e.getMessage());
            broken = true;
            out.end(ServerStanzas.failure(BAD_REQUEST));
        } catch (MalformedStanzaException e) {
            log.info("a client sent what is no stanza: {}", e.getMessage());
            broken = true;
            out.end(ServerStanzas.malformed());
        }
    }

    private void frame(byte[] frame, ConnectionWriter out, long received) {
        Stream open = stream;
        NoiseTransport cipher = transport;
        if (open != null && cipher != null) {
            Node stanza = NodeDecoder.decode(cipher.decrypt(frame));
            service.trace().received(open.name(), stanza);
            Runnable work = () -> open.received(stanza, received);
            if (open.changes(stanza)) {
                service.world().change(work);
            } else {
                service.world().note(work);
            }
        } else if (!greeted) {
            greeted = true;
            out.sendPlain(Frames.frame(handshake.serverHello(frame)));
            handshake.resumed().ifPresent(told -> secured(told, out));
        } else {
            secured(handshake.finish(frame), out);
        }
    }

    private void secured(ClientFinish told, ConnectionWriter out) {
        NoiseTransport secured = handshake.transport();
        transport = secured;
        frames.limit(Frames.MAX_FRAME);
        out.secure(secured, stanza -> service.trace().sent(name(), stanza));
        ClientIntro began =
                new ClientIntro(intro.routingInfo(), handshake.resumed().isPresent());
        stream = service.open(out, told.noiseKey(), ClientHelloPayload.decode(told.payload()), began);
        broken = stream == null;
    }

    private String name() {
        Stream open = stream;
        return open == null ? "" : open.name();
    }

    @Override
    public void onWebSocketText(String message) {
        if (session != null) {
            session.close(StatusCode.BAD_DATA, "binary messages only", Callback.NOOP);
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        log.debug("a connection failed", cause);
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
        ConnectionWriter out = writer;
        if (out != null) {
            out.silence();
        }
        Stream open = stream;
        if (open != null) {
            service.world().note(open::closed);
        }
        callback.succeed();
    }
}
