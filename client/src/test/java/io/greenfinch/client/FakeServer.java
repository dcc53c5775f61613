package io.greenfinch.client;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.noise.CertificateAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/**
 * A chat server that does what the test says: by default it greets every device, answers what clients ask after login,
 * and records everything.
 */
final class FakeServer implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
    final Clock clock;
    final SecureRandom random = new SecureRandom();
    final CertificateAuthority authority;
    final FakePhone phone;

    /** Answers to requests before the defaults get them; {@link #PASS} passes a request on, an empty list swallows it. */
    private volatile Function<Node, List<Node>> script = node -> PASS;

    /** What a device hears at login instead of success. */
    private volatile List<Node> insteadOfSuccess = List.of();

    private volatile List<Node> insteadOfRefs = List.of();

    private volatile List<Node> welcome = List.of();

    private volatile boolean refusing;

    /** Where clients are sent instead of being answered. */
    volatile @Nullable URI redirection;

    private volatile Resuming resuming = Resuming.ACCEPTED;
    private volatile boolean breaksRouted;
    volatile CertificateAuthority identity;

    /** Raw bytes in place of the server's part of the handshake; empty for none. */
    volatile byte[] insteadOfHello = {};

    private final AtomicInteger refused = new AtomicInteger();

    /** What becomes of a client that knows the server's key (specification §2.4). */
    enum Resuming {
        ACCEPTED,
        /** It has to go on with XXfallback. */
        TURNED_DOWN,
        /** Its first message is taken for one of XX: an old server, or one that lies. */
        NOT_UNDERSTOOD,
        /** The connection is cut. */
        CUT
    }

    /** The answer of a script that leaves a request to the defaults. */
    static final List<Node> PASS = List.of(Node.empty("pass"));

    /** The end of the offline queue. */
    static final Node OFFLINE = Node.element("ib")
            .attribute("from", Jid.SERVER)
            .child(Node.element("offline").attribute("count", 0))
            .build();

    FakeServer(Clock clock) {
        this.clock = clock;
        authority = CertificateAuthority.create(clock.instant(), random);
        identity = authority;
        phone = new FakePhone(random);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxFrameSize(-1);
            container.setMaxBinaryMessageSize(-1);
            container.addMapping("/ws/chat", (request, response, callback) -> {
                URI elsewhere = redirection;
                if (elsewhere != null) {
                    Response.sendRedirect(request, response, callback, elsewhere.toString());
                    return null;
                }
                if (refusing) {
                    refused.incrementAndGet();
                    Response.writeError(request, response, callback, 503);
                    return null;
                }
                FakeConnection connection =
                        new FakeConnection(this, request.getHeaders().get("Origin"));
                connections.add(connection);
                return connection;
            });
        }));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the fake server did not start", e);
        }
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/ws/chat");
    }

    /** Listens with TLS as well. */
    URI listenSecurely(Path keys, String password) throws Exception {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(keys.toString());
        tls.setKeyStorePassword(password);
        ServerConnector secure = new ServerConnector(server, tls);
        secure.setHost("127.0.0.1");
        server.addConnector(secure);
        secure.start();
        return URI.create("wss://127.0.0.1:" + secure.getLocalPort() + "/ws/chat");
    }

    /** From now on, requests are answered by this first. */
    void script(Function<Node, List<Node>> answers) {
        script = answers;
    }

    List<Node> scripted(Node request) {
        return script.apply(request);
    }

    /** From now on, devices that log in hear this and are disconnected. */
    void refuseLogin(Node... stanzas) {
        insteadOfSuccess = List.of(stanzas);
    }

    /** From now on, devices that register hear this and are disconnected. */
    void refuseRegistration(Node... stanzas) {
        insteadOfRefs = List.of(stanzas);
    }

    List<Node> insteadOfRefs() {
        return insteadOfRefs;
    }

    List<Node> insteadOfSuccess() {
        return insteadOfSuccess;
    }

    /** From now on, devices that log in hear this. */
    void welcome(Node... stanzas) {
        welcome = List.of(stanzas);
    }

    List<Node> welcome() {
        return welcome.isEmpty() ? List.of(success(), OFFLINE) : welcome;
    }

    /** The usual greeting. */
    Node success() {
        return Node.element("success")
                .attribute("t", clock.instant().getEpochSecond())
                .attribute("lid", FakePhone.LID)
                .build();
    }

    /** From now on, this becomes of clients that know our key. */
    void resuming(Resuming how) {
        resuming = how;
    }

    Resuming resuming() {
        return resuming;
    }

    /** From now on, connections with routing information are cut after the handshake. */
    void breakRouted() {
        breaksRouted = true;
    }

    boolean breaksRouted() {
        return breaksRouted;
    }

    /** From now on it shows another certificate and has the key that is in it. */
    void identity(CertificateAuthority other) {
        identity = other;
    }

    /** No connection can be made while this is on. */
    void refuseConnections(boolean on) {
        refusing = on;
    }

    /** How many connections were refused. */
    int refused() {
        return refused.get();
    }

    List<FakeConnection> connections() {
        return connections;
    }

    /** The newest connection. */
    FakeConnection last() {
        return connections.getLast();
    }

    /** All stanzas of all connections in the order of each. */
    List<Node> received() {
        return connections.stream()
                .flatMap(connection -> connection.received().stream())
                .toList();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the fake server did not stop", e);
        }
    }
}
