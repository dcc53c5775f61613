package io.greenfinch.gateway.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** moto's server: a store that speaks S3 and forgets everything, in a process of its own on loopback. */
public final class MotoServer implements AutoCloseable {

    /** Where the script of the test run installs it (.ci/test-tools.sh). */
    private static final Path PYTHON = Path.of("..", "interop", "target", "moto", "bin", "python3");

    private static final Pattern RUNNING = Pattern.compile("Running on (http://127\\.0\\.0\\.1:[0-9]+)");

    private final Process process;
    private final URI url;

    private MotoServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** A store without buckets. Where it is not installed the test is skipped, with a loud line; with CI set it fails. */
    public static MotoServer start() {
        if (!Files.isExecutable(PYTHON)) {
            String ci = System.getenv("CI");
            assertThat(ci == null || ci.isEmpty())
                    .as("with CI set nothing is skipped, but moto is not installed")
                    .isTrue();
            String why = "!!! TESTS WITH AN S3 STORE ARE SKIPPED: moto is not installed, ./greenfinch test does it !!!";
            System.err.println(why);
            Assumptions.abort(why);
        }
        try {
            Process process = new ProcessBuilder(
                            PYTHON.toString(), "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0")
                    .redirectErrorStream(true)
                    .start();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            CompletableFuture<String> running = new CompletableFuture<>();
            Thread.ofVirtual().name("moto-output").start(() -> {
                lines.lines().forEach(line -> {
                    Matcher matcher = RUNNING.matcher(line);
                    if (matcher.find()) {
                        running.complete(matcher.group(1));
                    }
                });
                running.completeExceptionally(new IllegalStateException("moto did not start"));
            });
            try {
                return new MotoServer(
                        process,
                        URI.create(running.orTimeout(60, TimeUnit.SECONDS).join()));
            } catch (RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return url;
    }

    /** A new bucket, as it is reached at this address. */
    public S3Bucket bucket(String name, URI at, String prefix) {
        request("PUT", "/" + name, "");
        return new S3Bucket(Optional.of(at), S3Bucket.REGION, name, prefix, "an-access-key", "a-secret-of-the-key");
    }

    /** The status with which it answers somebody who shows no key. */
    public int request(String method, String path, String body) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(url.resolve(path))
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
