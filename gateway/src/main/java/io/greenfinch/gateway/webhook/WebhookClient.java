package io.greenfinch.gateway.webhook;

import io.greenfinch.gateway.address.AddressGuard;
import io.greenfinch.gateway.address.ForbiddenAddressException;
import io.greenfinch.gateway.address.GuardedResolver;
import io.greenfinch.gateway.webhook.Attempt.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications over HTTP: no redirect is followed, no cookie kept, and what is answered is not looked at but for its
 * status. Thread-safe. The client below it starts with the first call: it reads all authorities of the JDK, for which no start
 * of the program should wait.
 */
final class WebhookClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookClient.class);

    static final String EVENT_ID = "Greenfinch-Event-Id";

    private static final Duration TO_CONNECT = Duration.ofSeconds(15);
    private static final Duration TO_FORGET_A_HOST = Duration.ofMinutes(5);

    /** What a receiver may say: beyond that it is not listened to. */
    private static final long LARGEST_ANSWER = 64 << 10;

    private final Duration timeout;
    private final GuardedResolver resolver;
    private final HttpClient client;
    private boolean closed;

    /**
     * A client.
     *
     * @param timeout from the first step of a request until its answer
     * @param most requests at a time
     */
    WebhookClient(AddressGuard guard, Duration timeout, int most) {
        this.timeout = timeout;
        QueuedThreadPool threads = new QueuedThreadPool(8, 2);
        threads.setName("webhook-io");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("webhook-io-"));
        ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("webhook-io-timer", true);
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setScheduler(scheduler);
        connector.setConnectTimeout(TO_CONNECT);
        connector.setIdleTimeout(timeout.plusSeconds(10));
        connector.setSslContextFactory(new SslContextFactory.Client());
        resolver = new GuardedResolver(guard, scheduler);
        client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setSocketAddressResolver(resolver);
        client.setMaxConnectionsPerDestination(most);
        client.setMaxRequestsQueuedPerDestination(most);
        client.setDestinationIdleTimeout(TO_FORGET_A_HOST.toMillis());
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Greenfinch"));
    }

    /** Sends a notification; returns at once, but for the first call. */
    Attempt post(WebhookTarget target, String eventId, byte[] body) {
        Posted posted = new Posted();
        // The client below has the same time-out; should that fail, nobody waits for ever.
        var _ = posted.outcome.completeOnTimeout(
                failed(new TimeoutException()), timeout.plus(TO_CONNECT).toMillis(), TimeUnit.MILLISECONDS);
        try {
            ready();
            posted.send(request(target, eventId, body));
        } catch (Exception e) {
            posted.outcome.complete(failed(e));
        }
        return posted;
    }

    private Request request(WebhookTarget target, String eventId, byte[] body) throws URISyntaxException {
        URI given = new URI(target.url());
        URI uri = new URI(given.getScheme() + "://" + given.getRawAuthority().replaceFirst("^.*@", "")
                + (given.getRawPath().isEmpty() ? "/" : given.getRawPath())
                + (given.getRawQuery() == null ? "" : "?" + given.getRawQuery()));
        return client.newRequest(uri)
                .method(HttpMethod.POST)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> {
                    headers.put(EVENT_ID, eventId);
                    target.authorization().ifPresent(value -> headers.put(HttpHeader.AUTHORIZATION, value));
                })
                .body(new BytesRequestContent("application/json; charset=utf-8", body));
    }

    private synchronized void ready() throws Exception {
        if (closed) {
            throw new CancellationException("closed");
        }
        if (!client.isStarted()) {
            client.start();
            // Answers are not worth a second request, and need not be unpacked.
            client.getProtocolHandlers().clear();
            client.getContentDecoderFactories().clear();
        }
    }

    /** A request under way. */
    private static final class Posted implements Attempt {

        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final AtomicInteger status = new AtomicInteger();
        private final AtomicLong heard = new AtomicLong();
        private volatile boolean over;

        private void send(Request request) {
            var _ = outcome.whenComplete((known, failure) -> {
                if (!over) {
                    var _ = request.abort(new CancellationException("not waited for any longer"));
                }
            });
            request.onResponseBegin(response -> status.set(response.getStatus()))
                    .onResponseContent((response, content) -> {
                        if (heard.addAndGet(content.remaining()) > LARGEST_ANSWER) {
                            var _ = response.abort(new CancellationException("too long an answer"));
                        }
                    })
                    .send(this::over);
        }

        /** Whatever happens after the status: that was the answer. */
        private void over(Result result) {
            over = true;
            int told = status.get();
            if (told == 200) {
                outcome.complete(new Outcome.Taken());
            } else if (told > 0) {
                outcome.complete(new Outcome.Failed("status", "status " + told, false));
            } else {
                outcome.complete(failed(result.getFailure()));
            }
        }

        @Override
        public CompletableFuture<Outcome> outcome() {
            return outcome;
        }

        @Override
        public void abort() {
            outcome.complete(new Outcome.GivenUp());
        }
    }

    private static Outcome failed(Throwable failure) {
        log.debug("A webhook could not be reached: {}", failure.toString());
        return switch (failure) {
            case TimeoutException _ -> failure("timeout", "no answer in time");
            case ForbiddenAddressException forbidden ->
                failure("forbidden-address", String.valueOf(forbidden.getMessage()));
            case UnknownHostException _ -> failure("unknown-host", "its name can't be resolved");
            case ConnectException _, SocketTimeoutException _ -> failure("no-connection", "no connection can be made");
            case SSLException _ -> failure("tls", "no TLS connection can be made, or its certificate is not trusted");
            case URISyntaxException _, IllegalArgumentException _ -> failure("bad-address", "its address is none");
            case IOException _ -> new Outcome.Failed("connection-lost", "the connection ended without an answer", true);
            default -> failure("other", failure.getClass().getSimpleName());
        };
    }

    private static Outcome failure(String cause, String why) {
        return new Outcome.Failed(cause, why, false);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the webhook client did not stop", e);
        } finally {
            resolver.close();
        }
    }
}
