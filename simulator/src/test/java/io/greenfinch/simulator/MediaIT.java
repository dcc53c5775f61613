package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The media host, as clients use it (specification §20). */
class MediaIT {

    private static final JsonMapper JSON = new JsonMapper();

    private final ShiftedClock clock = new ShiftedClock();
    private final byte[] file = bytes(200_000);
    private Simulator simulator;
    private TestAdmin admin;
    private TestSocket socket;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withClock(clock)
                .withTlsListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        admin = new TestAdmin(simulator.adminUrl());
        socket = new TestCompanion(simulator).pair(admin, "Anna").logIn();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(17).nextBytes(bytes);
        return bytes;
    }

    private static String token(byte[] bytes) {
        try {
            return Base64.getUrlEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isClosedTwiceAsOnce() {
        simulator.close();
        simulator.close();
    }

    /** What the service tells of its media host. */
    private record Connection(String host, String permit) {

        URI store(String token, String more) {
            return URI.create("https://" + host + "/mms/image/" + token + "?auth=" + permit + "&token=" + token + more);
        }
    }

    private Connection connection() {
        Node media = socket.request(Jid.SERVER, "set", "w:m", Node.empty("media_conn"))
                .child("media_conn")
                .orElseThrow();
        return new Connection(
                media.child("host").orElseThrow().attribute("hostname").orElseThrow(),
                media.attribute("auth").orElseThrow());
    }

    /** Its certificate is one that nobody vouches for. */
    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        TrustManager anybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {anybody}, new SecureRandom());
            try (HttpClient http = HttpClient.newBuilder().sslContext(tls).build()) {
                return http.send(request.timeout(TestSocket.PATIENCE).build(), BodyHandlers.ofByteArray());
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<byte[]> get(URI url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpResponse<byte[]> post(URI url, byte[] bytes) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(bytes)));
    }

    private URI stored(Connection connection) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = post(connection.store(token(file), ""), file);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode told = JSON.readTree(answer.body());
        assertThat(told.path("url").asString(""))
                .isEqualTo(
                        "https://" + connection.host + told.path("direct_path").asString(""));
        assertThat(told.path("direct_path").asString("")).contains("?");
        return URI.create(told.path("url").asString(""));
    }

    @Test
    void whatIsStoredIsFetchedAsAWholeAndInParts() throws IOException, InterruptedException {
        Connection connection = connection();
        assertThat(get(connection.store(token(file), "&resume=1")).body())
                .asString()
                .contains("\"resume\":0");
        URI url = stored(connection);
        assertThat(get(connection.store(token(file).replace("=", ""), "&resume=1"))
                        .body())
                .asString()
                .contains("\"resume\":\"complete\"");

        HttpResponse<byte[]> whole = get(URI.create(url + "&hash=x&mms-type=image&__wa-mms="));
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(file);
        HttpResponse<byte[]> part = get(url, "Range", "bytes=199990-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 199990-199999/200000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, 199_990, 200_000));
        assertThat(get(url, "Range", "bytes=200000-").statusCode()).isEqualTo(416);
    }

    @Test
    void nobodyStoresWithoutAPermitOrUnderAnotherName() throws IOException, InterruptedException {
        Connection connection = connection();
        assertThat(post(new Connection(connection.host, "none").store(token(file), ""), file)
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(connection.store(token(bytes(1)), ""), file).statusCode())
                .isEqualTo(415);
        assertThat(get(connection.store(token(file), "")).statusCode()).isEqualTo(405);
        assertThat(get(connection.store(token(bytes(1)), "&resume=1")).body())
                .as("what was refused is not there")
                .asString()
                .contains("\"resume\":0");

        admin.done("/admin/media/end-permits", "");
        assertThat(post(connection.store(token(file), ""), file).statusCode()).isEqualTo(401);
        Connection next = connection();
        stored(next);
        clock.forward(Duration.ofHours(7));
        assertThat(post(next.store(token(file), ""), file).statusCode()).isEqualTo(401);
    }

    @Test
    void filesDoNotLiveForEver() throws IOException, InterruptedException {
        URI url = stored(connection());
        assertThat(admin.done("/admin/media/expire", "").path("expired").intValue())
                .isOne();
        assertThat(get(url).statusCode()).isEqualTo(410);

        URI again = stored(connection());
        assertThat(get(again).statusCode()).isEqualTo(200);
        clock.forward(Duration.ofDays(31));
        assertThat(get(again).statusCode()).isEqualTo(410);
    }
}
