package io.greenfinch.simulator;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import io.greenfinch.protocol.binary.NodeEncoder;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.noise.FrameReader;
import io.greenfinch.protocol.noise.Frames;
import io.greenfinch.protocol.noise.HandshakeException;
import io.greenfinch.protocol.noise.InitiatorHandshake;
import io.greenfinch.protocol.noise.NoiseTransport;
import io.greenfinch.protocol.noise.ResumingHandshake;
import io.greenfinch.protocol.noise.ServerKey;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** A client's end of a connection for tests. What it is sent waits until a test asks for it. Public only for Jetty. */
public final class TestSocket implements Session.Listener {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FrameReader frames = new FrameReader(Frames.MAX_FRAME);
    private final Function<byte[], Optional<byte[]>> answered;
    private final Supplier<NoiseTransport> transport;
    private final Supplier<ServerKey> server;
    private final TestInbox inbox = new TestInbox();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final CompletableFuture<NoiseTransport> secured = new CompletableFuture<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile @Nullable Session session;
    private volatile boolean stopped;

    private TestSocket(InitiatorHandshake handshake, byte[] payload) {
        this(hello -> Optional.of(handshake.clientFinish(hello, payload)), handshake::transport, handshake::server);
    }

    /** Takes the server's answer and gives the next message, if there is one; then the encryption of the rest. */
    private TestSocket(
            Function<byte[], Optional<byte[]>> answered,
            Supplier<NoiseTransport> transport,
            Supplier<ServerKey> server) {
        this.answered = answered;
        this.transport = transport;
        this.server = server;
    }

    /** Connects and completes the handshake. */
    static TestSocket connect(
            URI url, KeyPair noiseKey, byte[] rootKey, Instant now, byte[] payload, SecureRandom random) {
        InitiatorHandshake handshake = new InitiatorHandshake(noiseKey, rootKey, now, random);
        TestSocket socket = new TestSocket(handshake, payload);
        socket.begin(url, new byte[0], handshake.clientHello());
        return socket;
    }

    /** Connects as one that knows the server, with routing information. */
    static TestSocket resume(URI url, ResumingHandshake handshake, byte[] routing, byte[] payload) {
        TestSocket socket =
                new TestSocket(hello -> handshake.answered(hello, payload), handshake::transport, handshake::server);
        socket.begin(url, routing, handshake.clientHello(payload));
        return socket;
    }

    private void begin(URI url, byte[] routing, byte[] hello) {
        TestWebSockets.open(url, this);
        byte[] routed = Frames.routing(routing);
        byte[] intro = Frames.intro();
        byte[] frame = Frames.frame(hello);
        write(ByteBuffer.allocate(routed.length + intro.length + frame.length)
                .put(routed)
                .put(intro)
                .put(frame)
                .flip());
        awaitHandshake();
    }

    /** Connects and sends nothing but the intro. */
    static TestSocket greet(URI url) {
        SecureRandom random = new SecureRandom();
        KeyPair key = KeyPair.generate(random);
        TestSocket socket =
                new TestSocket(new InitiatorHandshake(key, key.publicKey(), Instant.EPOCH, random), new byte[0]);
        TestWebSockets.open(url, socket);
        socket.write(ByteBuffer.wrap(Frames.intro()));
        return socket;
    }

    /** The server's key, as it proved it. */
    ServerKey server() {
        return server.get();
    }

    void awaitHandshake() {
        secured.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        opened.demand();
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer data, boolean last, Callback callback) {
        frames.feed(data);
        callback.succeed();
        try {
            for (byte[] frame = frames.next(); frame != null; frame = frames.next()) {
                take(frame);
            }
        } catch (HandshakeException e) {
            closed.complete("decryption failed");
            wake();
            abort();
        }
        Session open = session;
        if (!stopped && open != null) {
            open.demand();
        }
    }

    private void take(byte[] frame) {
        if (!secured.isDone()) {
            Optional<byte[]> finish = answered.apply(frame);
            NoiseTransport keys = transport.get();
            finish.ifPresent(message -> write(ByteBuffer.wrap(Frames.frame(message))));
            secured.complete(keys);
            return;
        }
        Node node = NodeDecoder.decode(secured.join().decrypt(frame));
        inbox.add(node);
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
        closed.complete("closed " + statusCode);
        wake();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable error) {
        closed.complete("failed: " + error);
        wake();
    }

    private void write(ByteBuffer bytes) {
        Session open = session;
        if (open != null) {
            open.sendBinary(bytes, Callback.NOOP);
        }
    }

    private void wake() {
        secured.completeExceptionally(new IllegalStateException("the connection ended: " + closed.getNow("")));
        inbox.end();
    }

    void send(Node node) {
        sendPlaintext(NodeEncoder.encode(node));
    }

    /** Encrypts and sends bytes that need not be a stanza. */
    void sendPlaintext(byte[] plaintext) {
        write(ByteBuffer.wrap(Frames.frame(secured.join().encrypt(plaintext))));
    }

    /** Sends a stanza cut into messages of {@code size} bytes. */
    void sendInPieces(Node node, int size) {
        byte[] frame = Frames.frame(secured.join().encrypt(NodeEncoder.encode(node)));
        for (int start = 0; start < frame.length; start += size) {
            write(ByteBuffer.wrap(frame, start, Math.min(size, frame.length - start)));
        }
    }

    void sendRaw(byte[] bytes) {
        write(ByteBuffer.wrap(bytes));
    }

    void sendText(String text) {
        Session open = session;
        if (open != null) {
            open.sendText(text, Callback.NOOP);
        }
    }

    /** Takes the first stanza that matches out of those that came; waits for it if need be. */
    Node await(Predicate<Node> wanted) {
        return poll(wanted, PATIENCE)
                .orElseThrow(() -> new AssertionError(
                        "it did not come; what came: " + all() + ", closed: " + closed.getNow("no")));
    }

    /** The same, empty when it does not come in time or the connection ends. */
    Optional<Node> poll(Predicate<Node> wanted, Duration patience) {
        return inbox.poll(wanted, patience);
    }

    /** What came and was not taken out. */
    List<Node> all() {
        return inbox.all();
    }

    /** Sends a request and waits for its answer. */
    Node request(Jid to, String type, String xmlns, Node... children) {
        String id = ask(to, type, xmlns, children);
        return await(node -> node.tag().equals("iq") && node.is("id", id));
    }

    /** Sends a request; gives its id. */
    String ask(Jid to, String type, String xmlns, Node... children) {
        String id = "t" + ids.incrementAndGet();
        send(Node.element("iq")
                .attribute("to", to)
                .attribute("type", type)
                .attribute("xmlns", xmlns)
                .attribute("id", id)
                .children(List.of(children))
                .build());
        return id;
    }

    /** Whether the request is answered within a moment. */
    boolean isAlive() {
        String id = ask(Jid.SERVER, "get", "w:p");
        return poll(node -> node.is("id", id), PATIENCE).isPresent();
    }

    /** Answers a request of the server with an empty result. */
    void result(Node request) {
        send(Node.element("iq")
                .attribute("to", Jid.SERVER)
                .attribute("type", "result")
                .attribute("id", request.attribute("id").orElseThrow())
                .build());
    }

    /** Takes the next group notification with this child. */
    Node notice(String child) {
        return await(node -> node.is("type", "w:gp2")
                && !node.children().isEmpty()
                && node.child(child).isPresent());
    }

    void acknowledge(Node notification) {
        send(Node.element("ack")
                .attribute("class", notification.tag())
                .attribute("id", notification.attribute("id").orElseThrow())
                .attribute("to", notification.jid("from").orElseThrow())
                .build());
    }

    /** Reads nothing any more. */
    void stopReading() {
        stopped = true;
    }

    /** Waits for the end of the connection; says how it came. */
    String awaitClose() {
        try {
            return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError("the connection was not closed", e);
        }
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** Tears the connection down. */
    void abort() {
        Session open = session;
        if (open != null) {
            open.disconnect();
        }
    }
}
