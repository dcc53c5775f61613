package io.greenfinch.gateway.webhook;

import io.greenfinch.gateway.address.AddressGuard;
import io.greenfinch.gateway.address.ForbiddenAddressException;
import io.greenfinch.gateway.address.GuardedClient;
import io.greenfinch.gateway.webhook.Attempt.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications over HTTP: no redirect is followed, no cookie kept, and what is answered is not looked at but for its
 * status. Thread-safe.
 */
final class WebhookClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookClient.class);

    static final String EVENT_ID = "Greenfinch-Event-Id";

    /** What a receiver may say: beyond that it is not listened to. */
    private static final long LARGEST_ANSWER = 64 << 10;

    private final Duration timeout;
    private final GuardedClient client;

    /**
     * A client.
     *
     * @param timeout from the first step of a request until its answer
     * @param most requests at a time
     */
    WebhookClient(AddressGuard guard, Duration timeout, int most) {
        this.timeout = timeout;
        client = new GuardedClient("webhook-io", guard, timeout.plusSeconds(10), most);
    }

    /** Sends a notification; returns at once, but for the first call, which starts the client. */
    Attempt post(WebhookTarget target, String eventId, byte[] body) {
        Posted posted = new Posted();
        // The client below has the same time-out; should that fail, nobody waits for ever.
        var _ = posted.outcome.completeOnTimeout(
                failed(new TimeoutException()),
                timeout.plus(GuardedClient.TO_CONNECT).toMillis(),
                TimeUnit.MILLISECONDS);
        try {
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
        return client.ready()
                .newRequest(uri)
                .method(HttpMethod.POST)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> {
                    headers.put(EVENT_ID, eventId);
                    target.authorization()
                            .or(() -> Optional.ofNullable(given.getUserInfo()).map(WebhookClient::basic))
                            .ifPresent(value -> headers.put(HttpHeader.AUTHORIZATION, value));
                })
                .body(new BytesRequestContent("application/json; charset=utf-8", body));
    }

    /** Who is named in the address, as other clients tell it. */
    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
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
        client.close();
    }
}
