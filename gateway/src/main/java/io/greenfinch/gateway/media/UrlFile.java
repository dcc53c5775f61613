package io.greenfinch.gateway.media;

import io.greenfinch.gateway.address.AddressGuard;
import io.greenfinch.gateway.address.ForbiddenAddressException;
import io.greenfinch.gateway.address.GuardedClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files from where callers say. Only public addresses are called, those behind redirects included.
 * Thread-safe; blocks.
 */
public final class UrlFile implements AutoCloseable {

    /** Why a file can't be had. */
    public static final String REASONS = "bad-address unknown-host no-connection forbidden-address file-not-found "
            + "file-empty cut-off timeout too-many-redirects interrupted";

    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_AT_A_TIME = 64;
    private static final int LONGEST_URL = 4096;
    private static final int CHUNK = 64 * 1024;
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final GuardedClient client;
    private final Clock clock;

    /** @param clock deadlines are of it */
    public UrlFile(AddressGuard guard, Clock clock) {
        this.client = new GuardedClient("files-io", guard, SILENCE, MOST_AT_A_TIME);
        this.clock = clock;
    }

    /** What came of an address. */
    public sealed interface Result {

        /** It is where it was wanted; told is where it was found behind all redirects. */
        record Fetched(String type, String address) implements Result {}

        /** It is too large, by so many bytes if that is known. */
        record TooLarge(long size) implements Result {}

        /** It can't be had, in words for who asked. */
        record Failed(String reason, String why) implements Result {}
    }

    /**
     * Fetches a file.
     *
     * @param into written over
     * @param most bytes that it may have
     * @throws IOException when it can't be written there
     */
    public Result fetch(String url, Path into, long most, Instant deadline) throws IOException {
        Optional<URI> address = web(url);
        for (int i = 0; i <= MOST_REDIRECTS && address.isPresent(); i++) {
            InputStreamResponseListener listener = new InputStreamResponseListener();
            try (InputStream body = listener.getInputStream()) {
                Response response = answer(address.get(), listener, deadline);
                int status = response.getStatus();
                if (HttpStatus.isRedirection(status)) {
                    URI base = address.get();
                    address = Optional.ofNullable(response.getHeaders().get(HttpHeader.LOCATION))
                            .flatMap(location -> resolved(base, location));
                } else if (status == HttpStatus.OK_200) {
                    return copy(response, body, address.get().toString(), into, most);
                } else {
                    return new Result.Failed("file-not-found", "it was answered with status " + status);
                }
            } catch (Unreachable e) {
                return new Result.Failed(e.reason, e.why);
            }
        }
        return address.isPresent()
                ? new Result.Failed("too-many-redirects", "it leads from address to address")
                : new Result.Failed("bad-address", "its address is none of the web");
    }

    /** Nothing came. */
    private static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;
        private final String why;

        Unreachable(String reason, String why) {
            super(why, null, false, false);
            this.reason = reason;
            this.why = why;
        }
    }

    private Response answer(URI address, InputStreamResponseListener listener, Instant deadline) throws Unreachable {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw new Unreachable("timeout", "it did not come in time");
        }
        client.ready()
                .newRequest(address)
                .idleTimeout(SILENCE.toMillis(), TimeUnit.MILLISECONDS)
                .timeout(Math.max(left.toMillis(), 1), TimeUnit.MILLISECONDS)
                .headers(headers -> headers.put(HttpHeader.ACCEPT_ENCODING, "identity"))
                .send(listener);
        try {
            // The request has the same time-out; should that fail, nobody waits for ever.
            return listener.get(left.plus(SILENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted", "the gateway stops");
        } catch (TimeoutException e) {
            throw new Unreachable("timeout", "it did not come in time");
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        }
    }

    private static Unreachable unreachable(@Nullable Throwable cause) {
        return switch (cause) {
            case ForbiddenAddressException forbidden ->
                new Unreachable("forbidden-address", String.valueOf(forbidden.getMessage()));
            case UnknownHostException _ -> new Unreachable("unknown-host", "its name can't be resolved");
            case TimeoutException _ -> new Unreachable("timeout", "it did not come in time");
            case null, default -> new Unreachable("no-connection", "no connection can be made");
        };
    }

    private static Result copy(Response response, InputStream body, String address, Path into, long most)
            throws IOException {
        long told = response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (told > most) {
            return new Result.TooLarge(told);
        }
        long length = 0;
        try (OutputStream to = Files.newOutputStream(into)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = read(body, chunk); read >= 0; read = read(body, chunk)) {
                length += read;
                if (length > most) {
                    return new Result.TooLarge(Math.max(length, told));
                }
                to.write(chunk, 0, read);
            }
        } catch (Unreachable e) {
            return new Result.Failed(e.reason, e.why);
        }
        String type = response.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return length == 0
                ? new Result.Failed("file-empty", "it is empty")
                : new Result.Fetched(type == null ? "" : type, address);
    }

    /** What goes wrong over there is no failure of our disk. */
    private static int read(InputStream body, byte[] chunk) throws Unreachable {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            throw new Unreachable("cut-off", "it was cut off");
        }
    }

    private static Optional<URI> resolved(URI base, String location) {
        try {
            return web(base.resolve(location).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An address of the web, without what would be told to its host of who asks. */
    private static Optional<URI> web(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null && url.length() <= LONGEST_URL
                    ? Optional.of(URI.create(uri.toASCIIString()))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
