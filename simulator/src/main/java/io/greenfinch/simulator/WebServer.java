package io.greenfinch.simulator;

import io.greenfinch.simulator.admin.AdminHandler;
import io.greenfinch.simulator.admin.JsonErrors;
import io.greenfinch.simulator.chat.ChatService;
import io.greenfinch.simulator.chat.ChatSettings;
import io.greenfinch.simulator.media.MediaHandler;
import io.greenfinch.simulator.media.MediaHost;
import io.greenfinch.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.RegexPathSpec;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty with the chat socket and the admin interface on the same ports, with and without TLS. */
final class WebServer {

    /** A frame of the protocol has at most 16 MiB; a WebSocket message may hold one and a bit. */
    private static final long LARGEST_FRAME = 17L << 20;

    private final Server server;
    private final ServerConnector plain;
    private final Optional<ServerConnector> tls;

    private WebServer(Server server, ServerConnector plain, Optional<ServerConnector> tls) {
        this.server = server;
        this.plain = plain;
        this.tls = tls;
    }

    /** A server that has its ports, but does not serve yet. */
    static WebServer open(SimulatorSettings settings) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("simulator");
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        server.setErrorHandler(new JsonErrors());
        ServerConnector plain = new ServerConnector(server, new HttpConnectionFactory(configuration()));
        Optional<ServerConnector> tls = settings.tlsListen().map(address -> secure(server, settings, address));
        WebServer opened = new WebServer(server, plain, tls);
        try {
            listen(server, plain, settings.listen());
            tls.ifPresent(
                    connector -> listen(server, connector, settings.tlsListen().orElseThrow()));
        } catch (UncheckedIOException e) {
            opened.stop();
            throw e;
        }
        return opened;
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        return configuration;
    }

    private static ServerConnector secure(Server server, SimulatorSettings settings, InetSocketAddress address) {
        byte[] secret = new byte[16];
        settings.random().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        KeyStore keys = SelfSigned.keyStore(
                address.getAddress(), settings.clock().instant(), settings.random(), password.toCharArray());
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(keys);
        ssl.setKeyStorePassword(password);
        ssl.setSniRequired(false);
        HttpConfiguration configuration = configuration();
        // Clients come by address or under names of the real service.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(configuration));
    }

    private static void listen(Server server, ServerConnector connector, InetSocketAddress address) {
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException e) {
            String host = address.getHostString();
            throw new UncheckedIOException(
                    "The simulator can't listen on " + (host.contains(":") ? "[" + host + "]" : host) + ":"
                            + address.getPort(),
                    e);
        }
    }

    /** Serves from now on. */
    void serve(
            ChatService chat,
            ChatSettings settings,
            AdminHandler admin,
            World world,
            MediaHost media,
            String mediaAddress) {
        WebSocketUpgradeHandler upgrade =
                WebSocketUpgradeHandler.from(server, container -> chatSocket(container, chat, settings));
        upgrade.setHandler(new MediaHandler(media, mediaAddress, new PictureHandler(world, admin)));
        server.setHandler(upgrade);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the simulator's web server does not start", e);
        }
    }

    private static void chatSocket(ServerWebSocketContainer container, ChatService chat, ChatSettings settings) {
        container.setIdleTimeout(settings.idleTimeout());
        container.setMaxFrameSize(LARGEST_FRAME);
        container.setMaxBinaryMessageSize(-1);
        container.addMapping(new RegexPathSpec("^.*/ws/chat$"), (request, response, callback) -> {
            if (chat.refusesConnections()) {
                Response.writeError(
                        request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "the link is down");
                return null;
            }
            // No extension is accepted, permessage-deflate least of all (specification §1.1).
            response.setExtensions(List.of());
            return chat.connection();
        });
    }

    int port() {
        return plain.getLocalPort();
    }

    Optional<Integer> tlsPort() {
        return tls.map(ServerConnector::getLocalPort);
    }

    /** Stops serving and gives the ports back, whether it ever served or not. */
    void stop() {
        plain.close();
        tls.ifPresent(ServerConnector::close);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the simulator's web server does not stop", e);
        }
    }
}
