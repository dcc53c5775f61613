package io.greenfinch.interop.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One instance of a running gateway, asked as an application would ask. An answer that the API's description does not allow is an
 * {@link AssertionError}, and so is a request that was served without being described. Thread-safe.
 */
public record Gateway(URI apiUrl, String idInstance, String apiTokenInstance) {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String BOUNDARY = "----greenfinch";

    /**
     * An answer.
     *
     * @param reason header {@code Greenfinch-Reason}
     */
    public record Answer(int status, String body, Optional<String> reason) {

        /** A success without a reason. */
        public static Answer ok(String body) {
            return new Answer(200, body, Optional.empty());
        }

        /** A success with a reason. */
        public static Answer ok(String body, String reason) {
            return new Answer(200, body, Optional.of(reason));
        }

        public JsonNode json() {
            return Http.JSON.readTree(body);
        }
    }

    /** The same instance on another start of the same gateway. */
    public Gateway at(URI newApiUrl) {
        return new Gateway(newApiUrl, idInstance, apiTokenInstance);
    }

    /** The address of a method. */
    public URI method(String name) {
        return URI.create("%s/waInstance%s/%s/%s".formatted(apiUrl, idInstance, name, apiTokenInstance));
    }

    /** Calls a method with a body. */
    public Answer post(String method, Object body) {
        return send(HttpRequest.newBuilder(method(method))
                .header("Content-Type", "application/json")
                .POST(Http.json(body)));
    }

    /** Calls a method with a body, under an Idempotency-Key. */
    public Answer post(String method, Object body, String key) {
        return send(HttpRequest.newBuilder(method(method))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(Http.json(body)));
    }

    /** Waits for a notification, as long as so many seconds. */
    public Answer receiveNotification(int seconds) {
        return send(HttpRequest.newBuilder(URI.create(method("receiveNotification") + "?receiveTimeout=" + seconds))
                .GET());
    }

    /** Takes a notification out of the outbox. */
    public Answer deleteNotification(long receipt) {
        return send(HttpRequest.newBuilder(URI.create(method("deleteNotification") + "/" + receipt))
                .DELETE());
    }

    /** Calls a method with a form of one text and one file. */
    public Answer postFile(String method, String field, String text, String type, byte[] file) {
        return postForm(method, """
                --%s\r
                Content-Disposition: form-data; name="%s"\r
                \r
                %s\r
                """.formatted(BOUNDARY, field, text), type, file);
    }

    /** Calls a method with a form of one file. */
    public Answer postFile(String method, String type, byte[] file) {
        return postForm(method, "", type, file);
    }

    private Answer postForm(String method, String parts, String type, byte[] file) {
        String head = """
                --%s\r
                Content-Disposition: form-data; name="file"; filename="a file"\r
                Content-Type: %s\r
                \r
                """.formatted(BOUNDARY, type);
        String tail = "\r\n--%s--\r\n".formatted(BOUNDARY);
        return send(HttpRequest.newBuilder(method(method))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArrays(
                        List.of((parts + head).getBytes(UTF_8), file, tail.getBytes(UTF_8)))));
    }

    /** Calls a method whose body is a file. */
    public Answer postBytes(String method, String type, byte[] file) {
        return send(HttpRequest.newBuilder(method(method))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
    }

    /** Calls a method that drops something. */
    public Answer delete(String method) {
        return send(HttpRequest.newBuilder(method(method)).DELETE());
    }

    /** The file under a link of the gateway's. */
    public byte[] fetch(String link) {
        HttpResponse<byte[]> response = Http.bytes(URI.create(link));
        assertThat(response.statusCode()).as("status of a link").isEqualTo(200);
        return response.body();
    }

    /** The methods of instances that are described at {@code /openapi.json}. */
    public Set<String> offered() {
        return Http.JSON
                .readTree(Http.ask(apiUrl, HttpRequest.newBuilder(apiUrl.resolve("/openapi.json")))
                        .body())
                .get("paths")
                .propertyNames()
                .stream()
                .filter(path -> path.startsWith("/waInstance{idInstance}/") && !path.contains("{method}"))
                .map(path -> path.split("/")[2])
                .collect(Collectors.toSet());
    }

    /** Calls a method without a body. */
    public Answer get(String method) {
        return get(method, "");
    }

    /** The same with a query, without its question mark. */
    public Answer get(String method, String query) {
        return send(HttpRequest.newBuilder(URI.create(method(method) + (query.isEmpty() ? "" : "?" + query)))
                .GET());
    }

    /** Links the instance to somebody's account by the QR picture of the method {@code qr}, and waits until it is online. */
    public void link(SimulatorAdmin simulator, String name) {
        JsonNode qr = get("qr").json();
        assertThat(qr.get("type").asString()).as("answer of qr: %s", qr).isEqualTo("qrCode");
        simulator.scan(
                QrPicture.read(Base64.getDecoder().decode(qr.get("message").asString())), name);
        awaitAuthorized();
    }

    /** Waits until the account is linked and online. */
    public void awaitAuthorized() {
        await().atMost(DEADLINE).untilAsserted(() -> {
            assertThat(get("getStateInstance").body()).isEqualTo("{\"stateInstance\":\"authorized\"}");
            assertThat(get("getStatusInstance").body()).isEqualTo("{\"statusInstance\":\"online\"}");
        });
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = Http.ask(apiUrl, request);
        return new Answer(
                response.statusCode(), response.body(), response.headers().firstValue("Greenfinch-Reason"));
    }
}
