package io.greenfinch.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
import io.greenfinch.protocol.noise.ClientFinish;
import io.greenfinch.protocol.noise.FrameReader;
import io.greenfinch.protocol.noise.Frames;
import io.greenfinch.protocol.noise.IntroReader;
import io.greenfinch.protocol.noise.NoiseTransport;
import io.greenfinch.protocol.noise.ResponderHandshake;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import io.greenfinch.protocol.proto.HandshakeMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** One client on the {@link FakeServer}. Public because Jetty calls it by method handles. */
public final class FakeConnection implements Session.Listener.AutoDemanding {

    private final FakeServer server;
    final @Nullable String origin;
    private final ResponderHandshake handshake;
    private final IntroReader intro = new IntroReader();
    private final FrameReader frames = new FrameReader(Frames.MAX_FRAME);
    private final List<Node> received = new CopyOnWriteArrayList<>();
    private @Nullable Session session;
    private @Nullable NoiseTransport transport;
    private boolean hello;
    private volatile boolean resumed;
    private volatile boolean triedToResume;
    private volatile byte[] routingInfo = {};
    private volatile @Nullable ClientHelloPayload payload;
    private volatile boolean closed;

    FakeConnection(FakeServer server, @Nullable String origin) {
        this.server = server;
        this.origin = origin;
        handshake = new ResponderHandshake(
                server.identity.serverKey(),
                server.identity.chain(),
                server.resuming() == FakeServer.Resuming.ACCEPTED,
                server.random);
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
    }

    @Override
    public void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
        if (intro.complete()) {
            frames.feed(bytes);
        } else {
            intro.feed(bytes);
            if (intro.complete()) {
                routingInfo = intro.routingInfo();
                frames.feed(intro.rest());
            }
        }
        for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
            take(frame);
        }
        callback.succeed();
    }

    @Override
    public void onWebSocketClose(int status, @Nullable String reason, Callback callback) {
        closed = true;
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        closed = true;
    }

    private void take(byte[] frame) {
        if (!hello) {
            hello = true;
            hello(frame);
        } else if (transport == null) {
            secured(handshake.finish(frame));
        } else {
            Node node = NodeDecoder.decode(transport.decrypt(frame));
            received.add(node);
            answer(node);
        }
    }

    private void hello(byte[] frame) {
        if (server.insteadOfHello.length > 0) {
            raw(server.insteadOfHello);
            return;
        }
        HandshakeMessage.ClientHello told = parse(frame).getClientHello();
        triedToResume = told.hasStatic();
        if (triedToResume && server.resuming() == FakeServer.Resuming.CUT) {
            cut();
            return;
        }
        boolean asXx = triedToResume && server.resuming() == FakeServer.Resuming.NOT_UNDERSTOOD;
        raw(Frames.frame(handshake.serverHello(asXx ? withoutStatic(told) : frame)));
        handshake.resumed().ifPresent(this::secured);
        resumed = handshake.resumed().isPresent();
    }

    private static byte[] withoutStatic(HandshakeMessage.ClientHello told) {
        return HandshakeMessage.newBuilder()
                .setClientHello(told.toBuilder().clearStatic().clearPayload())
                .build()
                .toByteArray();
    }

    private static HandshakeMessage parse(byte[] frame) {
        try {
            return HandshakeMessage.parseFrom(frame);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("the client did not send a handshake message", e);
        }
    }

    private void secured(ClientFinish told) {
        transport = handshake.transport();
        payload = ClientHelloPayload.decode(told.payload());
        if (routingInfo.length > 0 && server.breaksRouted()) {
            cut();
        } else {
            greet();
        }
    }

    /** Whether the client began as one that knows our key. */
    boolean triedToResume() {
        return triedToResume;
    }

    /** Whether that was all of the handshake. */
    boolean resumed() {
        return resumed;
    }

    /** The routing information before the intro. */
    byte[] routingInfo() {
        return routingInfo;
    }

    private void greet() {
        List<Node> refusal = registering() ? server.insteadOfRefs() : server.insteadOfSuccess();
        if (!refusal.isEmpty()) {
            refusal.forEach(this::send);
            close();
        } else if (registering()) {
            Node.Builder refs = Node.element("pair-device");
            for (int i = 1; i <= 6; i++) {
                refs.child(Node.text("ref", "2@ref" + i));
            }
            send(Node.element("iq")
                    .attribute("from", Jid.SERVER)
                    .attribute("type", "set")
                    .attribute("id", "pd1")
                    .attribute("xmlns", "md")
                    .child(refs)
                    .build());
        } else {
            server.welcome().forEach(this::send);
        }
    }

    private void answer(Node node) {
        List<Node> scripted = server.scripted(node);
        if (!scripted.equals(FakeServer.PASS)) {
            scripted.forEach(this::send);
            return;
        }
        if (node.tag().equals("iq") && (node.is("type", "get") || node.is("type", "set"))) {
            Node.Builder result = result(node);
            if (node.child("count").isPresent()) {
                result.child(Node.element("count").attribute("value", 50));
            } else if (node.child("participating").isPresent()) {
                result.child(Node.empty("groups"));
            }
            send(result.build());
        }
    }

    /** The beginning of an answer to a request. */
    static Node.Builder result(Node request) {
        return Node.element("iq")
                .attribute("from", request.jid("to").orElse(Jid.SERVER))
                .attribute("type", "result")
                .attribute("id", request.attribute("id").orElseThrow());
    }

    /** An error as the answer to a request. */
    static Node error(Node request, int code) {
        return Node.element("iq")
                .attribute("from", request.jid("to").orElse(Jid.SERVER))
                .attribute("type", "error")
                .attribute("id", request.attribute("id").orElseThrow())
                .child(Node.element("error").attribute("code", code).attribute("text", "error " + code))
                .build();
    }

    synchronized void send(Node node) {
        raw(sealed(node));
    }

    /** The frame of a stanza; to be sent before any other. */
    synchronized byte[] sealed(Node node) {
        if (transport == null) {
            throw new IllegalStateException("no handshake yet");
        }
        return Frames.frame(transport.encrypt(NodeEncoder.encode(node)));
    }

    /** A frame that is whole, with these bytes where a stanza should be. */
    synchronized void sendPlain(byte[] plain) {
        if (transport == null) {
            throw new IllegalStateException("no handshake yet");
        }
        raw(Frames.frame(transport.encrypt(plain)));
    }

    void raw(byte[] bytes) {
        if (session == null) {
            throw new IllegalStateException("not open");
        }
        session.sendBinary(ByteBuffer.wrap(bytes), Callback.NOOP);
    }

    void text(String text) {
        if (session != null) {
            session.sendText(text, Callback.NOOP);
        }
    }

    void close() {
        if (session != null) {
            session.close(1000, null, Callback.NOOP);
        }
    }

    /** Ends the TCP connection without a word. */
    void cut() {
        if (session != null) {
            session.disconnect();
        }
    }

    List<Node> received() {
        return received;
    }

    @Nullable
    ClientHelloPayload payload() {
        return payload;
    }

    boolean closed() {
        return closed;
    }

    boolean registering() {
        return payload instanceof ClientHelloPayload.Registration;
    }

    boolean loggingIn() {
        return payload instanceof ClientHelloPayload.Login;
    }
}
