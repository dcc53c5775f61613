package io.greenfinch.gateway.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.greenfinch.gateway.store.FileServiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stores refuse is told in words for the operator, and without keys and names of files. */
@Timeout(60)
class RefusingStoreIT {

    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final String SECRET = "a-secret-of-the-key";

    private HttpServer store;
    private volatile int status;
    private volatile String answer = "";

    RefusingStoreIT() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        store.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
            try (OutputStream to = exchange.getResponseBody()) {
                if (!head) {
                    to.write(body);
                }
            }
        });
        store.start();
    }

    @AfterEach
    void stop() {
        store.stop(0);
    }

    private S3Files files() {
        URI url = URI.create("http://127.0.0.1:" + store.getAddress().getPort());
        return S3Files.in(new S3Bucket(Optional.of(url), S3Bucket.REGION, "files", "", "an-access-key", SECRET));
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidAccessKeyId, 403, true, the access key is not known there",
        "SignatureDoesNotMatch, 403, true, the secret key is not that of the access key",
        "AccessDenied, 403, true, the access key does not allow it",
        "NoSuchBucket, 404, true, there is no such bucket",
        "AuthorizationHeaderMalformed, 400, true, it is in another region",
        "MethodNotAllowed, 405, false, it did not do it",
        "InternalError, 500, false, it did not do it",
        "ServiceUnavailable, 503, false, it did not do it",
    })
    void saysWhatItIs(String code, int refused, boolean lasting, String words) {
        status = refused;
        answer = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>No: " + SECRET
                + "</Message><Key>" + ID + "</Key></Error>";
        try (S3Files files = files()) {
            assertThatExceptionOfType(FileServiceException.class)
                    .isThrownBy(() -> files.claim("us"))
                    .matches(failure -> failure.isLasting() == lasting)
                    .withMessageContaining("The bucket files at http://127.0.0.1:")
                    .withMessageContaining(" can't be used: " + words + " (" + code + ", status " + refused + ").")
                    .withNoCause();
        }
    }

    @Test
    void aPageOfSomethingElseSaysNothingOfFiles() {
        status = 404;
        answer = "404 page not found\n";
        try (S3Files files = files()) {
            assertThatExceptionOfType(FileServiceException.class).isThrownBy(() -> files.holds(ID));
            assertThatExceptionOfType(FileServiceException.class).isThrownBy(() -> files.open(ID, 0));
        }
    }

    @Test
    void answersThatAreNoneAreFailures() {
        status = 200;
        answer = "<html>Welcome";
        try (S3Files files = files()) {
            assertThatExceptionOfType(FileServiceException.class).isThrownBy(() -> files.visit(kept -> {}));
        }
    }

    @Test
    void nobodyIsWaitedForForEver() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                S3Files files =
                        S3Files.in(at("http://127.0.0.1:" + silent.getLocalPort()), 1000, Duration.ofSeconds(2))) {
            assertThatExceptionOfType(FileServiceException.class)
                    .isThrownBy(() -> files.holds(ID))
                    .withMessage("it did not answer in time");
        }
    }

    @Test
    void amazonHasTheBucketInTheHost() {
        assertThat(at("https://s3.eu-central-1.amazonaws.com").hasPathStyle()).isFalse();
        assertThat(at("https://minio.example.org:9000").hasPathStyle()).isTrue();
        assertThat(new S3Bucket(Optional.empty(), "eu-central-1", "files", "", "key", SECRET))
                .matches(bucket -> !bucket.hasPathStyle())
                .hasToString("S3Bucket[files]");
    }

    private static S3Bucket at(String endpoint) {
        return new S3Bucket(Optional.of(URI.create(endpoint)), S3Bucket.REGION, "files", "", "key", SECRET);
    }
}
