package io.greenfinch.client.media;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.connection.TlsClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.PathRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP with media hosts (specification §20.3, §20.4). One for all sessions. Thread-safe; blocks. The client below it is made
 * for the first call, for most sessions never have a file.
 */
public final class MediaServer implements AutoCloseable {

    /** A host that says nothing for so long is given up. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /** What a host may say about a file that it has stored. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private static final int TRANSFERS = 256;

    private final ClientSettings settings;
    private @Nullable HttpClient client;
    private final Optional<URI> base;
    private final String scheme;
    private boolean closed;

    /** Ready for use. */
    public MediaServer(ClientSettings settings) {
        base = settings.mediaUrl();
        // In the clear only where the chat is in the clear as well.
        scheme = "ws".equalsIgnoreCase(settings.url().getScheme()) ? "http" : "https";
        this.settings = settings;
    }

    /** What a host has answered; who gets one must close it. */
    record Reply(Response response, InputStream body) implements AutoCloseable {

        int status() {
            return response.getStatus();
        }

        Optional<String> header(HttpHeader name) {
            return Optional.ofNullable(response.getHeaders().get(name));
        }

        /** All of a short answer. */
        byte[] shortBody() throws IOException {
            try {
                return body.readNBytes(LONGEST_ANSWER);
            } catch (IOException e) {
                throw new TransferException("the answer was cut off", e);
            }
        }

        /** What was not read is not waited for: the connection ends. */
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** The hosts that are worth asking: one, where all are the same. */
    List<String> distinct(List<String> names) {
        return base.isPresent() ? names.subList(0, 1) : names;
    }

    /** Stores what is in a file. */
    Reply post(String host, String path, Path content, Duration patience) throws IOException {
        Request request = request(host, path)
                .method(HttpMethod.POST)
                .body(new PathRequestContent("application/octet-stream", content));
        return answer(request, patience);
    }

    /** Fetches a file from a byte on. */
    Reply get(String host, String path, long from, Duration patience) throws IOException {
        Request request = request(host, path);
        if (from > 0) {
            request.headers(headers -> headers.put(HttpHeader.RANGE, "bytes=" + from + "-"));
        }
        return answer(request, patience);
    }

    private Request request(String host, String path) throws TransferException {
        try {
            URI root = base.orElseGet(() -> URI.create(scheme + "://" + host));
            return ready().newRequest(URI.create(root.getScheme() + "://" + root.getRawAuthority() + path))
                    .headers(headers -> headers.put(HttpHeader.ORIGIN, "https://web.whatsapp.com")
                            .put(HttpHeader.ACCEPT_ENCODING, "identity"));
        } catch (IllegalArgumentException e) {
            throw new TransferException("the address of a file is none", e);
        }
    }

    private Reply answer(Request request, Duration patience) throws IOException {
        if (patience.isNegative() || patience.isZero()) {
            throw new TransferException("there is no time left", new TimeoutException());
        }
        InputStreamResponseListener listener = new InputStreamResponseListener();
        request.idleTimeout(SILENCE.toMillis(), TimeUnit.MILLISECONDS)
                .timeout(Math.max(patience.toMillis(), 1), TimeUnit.MILLISECONDS)
                .send(listener);
        try {
            // The request has the same time-out; should that fail, nobody waits for ever.
            Response response = listener.get(patience.plus(SILENCE).toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response, listener.getInputStream());
        } catch (ExecutionException | TimeoutException e) {
            listener.getInputStream().close();
            throw new TransferException("no answer of a media host", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.getInputStream().close();
            throw new TransferException("interrupted", e);
        }
    }

    private synchronized HttpClient ready() throws TransferException {
        HttpClient current = client;
        if (closed) {
            throw new TransferException("closed", new IllegalStateException());
        }
        if (current == null) {
            current = TlsClient.create(settings, "media-io");
            current.setMaxConnectionsPerDestination(TRANSFERS);
            current.setMaxRequestsQueuedPerDestination(TRANSFERS);
            current.setIdleTimeout(SILENCE.toMillis());
            try {
                current.start();
            } catch (Exception e) {
                throw new TransferException("the client for media hosts did not start", e);
            }
            current.getContentDecoderFactories().clear();
            client = current;
        }
        return current;
    }

    @Override
    public void close() {
        HttpClient current;
        synchronized (this) {
            closed = true;
            current = client;
        }
        try {
            if (current != null) {
                current.stop();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the client for media hosts did not stop", e);
        }
    }
}
