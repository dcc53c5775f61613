package io.greenfinch.client.connection;

import io.greenfinch.client.ClientSettings;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Makes clients for WhatsApp's servers: whom they believe, on which threads they run. */
public final class TlsClient {

    /** Long enough for three attempts of TCP. */
    static final Duration TO_CONNECT = Duration.ofSeconds(8);

    private TlsClient() {}

    /**
     * One that is not started.
     *
     * @param name of its threads
     * @throws IllegalArgumentException when the file with further CAs can't be used
     */
    public static HttpClient create(ClientSettings settings, String name) {
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setName(name);
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor(name + "-"));
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setScheduler(new ScheduledExecutorScheduler(name + "-timer", true));
        connector.setConnectTimeout(TO_CONNECT);
        connector.setIdleTimeout(Duration.ZERO);
        connector.setSslContextFactory(tls(settings));
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setUserAgentField(null);
        // Whoever else answers is not asked where to go: what is said is for this address alone.
        client.setFollowRedirects(false);
        return client;
    }

    private static SslContextFactory.Client tls(ClientSettings settings) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        settings.trustedCertificates().map(TrustStore::withFurther).ifPresent(tls::setTrustStore);
        return tls;
    }
}
