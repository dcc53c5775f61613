package io.greenfinch.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** Opens WebSockets to simulators, whatever their certificate: one client for all tests. */
final class TestWebSockets {

    private static final WebSocketClient CLIENT = client();

    private TestWebSockets() {}

    private static WebSocketClient client() {
        HttpClient http = new HttpClient();
        SslContextFactory.Client anyCertificate = new SslContextFactory.Client(true);
        http.setSslContextFactory(anyCertificate);
        WebSocketClient client = new WebSocketClient(http);
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return client;
    }

    /** Returns once the listener has its open session. */
    static void open(URI url, Session.Listener listener) {
        try {
            CLIENT.connect(listener, url)
                    .orTimeout(TestSocket.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
