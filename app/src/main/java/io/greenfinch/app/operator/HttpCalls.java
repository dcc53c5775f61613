package io.greenfinch.app.operator;

import io.greenfinch.app.cli.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls over HTTP, each of which ends in time. */
final class HttpCalls implements AutoCloseable {

    /** For the largest file on a slow line. */
    static final Duration FOR_FILES = Duration.ofMinutes(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /**
     * Asks, and waits for the whole answer; for its head, where the body comes as a stream.
     *
     * @throws IOException when it does not come in time
     */
    <T> HttpResponse<T> ask(HttpRequest request, HttpResponse.BodyHandler<T> body, Duration patience)
            throws IOException {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
        try {
            return answer.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("there was no answer in " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } finally {
            answer.cancel(true);
        }
    }

    /** Fetches what is under a link into a file, which is written over once all of it is there. */
    void fetch(URI link, Path into) {
        Path part = into.resolveSibling(into.getFileName() + ".part");
        try {
            try {
                HttpResponse<Path> answer =
                        ask(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofFile(part), FOR_FILES);
                if (answer.statusCode() != 200) {
                    throw new RefusedException("The file could not be fetched: status " + answer.statusCode() + ".");
                }
                Files.move(part, into, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The file could not be fetched", e);
        }
    }

    static RefusedException interrupted() {
        return new RefusedException("Interrupted while waiting for the gateway.");
    }

    @Override
    public void close() {
        http.close();
    }
}
