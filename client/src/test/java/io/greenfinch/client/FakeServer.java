package io.greenfinch.client;

import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.noise.CertificateAuthority;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

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

    private volatile boolean refusing;

    /** The answer of a script that leaves a request to the defaults. */
    static final List<Node> PASS = List.of(Node.empty("pass"));

    FakeServer(Clock clock) {
        this.clock = clock;
        authority = CertificateAuthority.create(clock.instant(), random);
        phone = new FakePhone(random);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxFrameSize(-1);
            container.setMaxBinaryMessageSize(-1);
            container.addMapping("/ws/chat", (request, response, callback) -> {
                if (refusing) {
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

    List<Node> insteadOfSuccess() {
        return insteadOfSuccess;
    }

    /** No connection can be made while this is on. */
    void refuseConnections(boolean on) {
        refusing = on;
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
