package io.greenfinch.interop.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One instance of a running gateway, asked as an application would ask. Thread-safe. */
public record Gateway(URI apiUrl, String idInstance, String apiTokenInstance) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * An answer.
     *
     * @param reason header {@code Greenfinch-Reason}
     */
    public record Answer(int status, String body, Optional<String> reason) {
        public JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** The address of a method. */
    public URI method(String name) {
        return URI.create("%s/waInstance%s/%s/%s".formatted(apiUrl, idInstance, name, apiTokenInstance));
    }

    /** Calls a method with a body. */
    public Answer post(String method, Object body) {
        return send(HttpRequest.newBuilder(method(method))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** Calls a method without a body. */
    public Answer get(String method) {
        return send(HttpRequest.newBuilder(method(method)).GET());
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.body(), response.headers().firstValue("Greenfinch-Reason"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
