package io.greenfinch.interop.service;

import io.greenfinch.gateway.docs.Answered;
import io.greenfinch.gateway.docs.ApiContract;
import io.greenfinch.gateway.docs.Asked;
import io.greenfinch.gateway.docs.ServedContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** HTTP and JSON as the services here are asked. */
final class Http {
    static final JsonMapper JSON = new JsonMapper();

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    static HttpRequest.BodyPublisher json(Object body) {
        return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    }

    /**
     * Sends a request to a gateway. Its answer, and a request that was served, must be as the API's description says. A
     * connection that breaks is an {@link UncheckedIOException}.
     */
    static HttpResponse<String> ask(URI apiUrl, HttpRequest.Builder builder) {
        ApiContract contract = ServedContract.of(apiUrl);
        HttpRequest request = builder.timeout(DEADLINE).build();
        HttpResponse<String> response = send(request);
        contract.check(Asked.of(request), Answered.of(response));
        return response;
    }

    /** Sends a request and waits for its answer; a connection that breaks is an {@link UncheckedIOException}. */
    static HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request.timeout(DEADLINE).build());
    }

    /** What is under a link. */
    static HttpResponse<byte[]> bytes(URI link) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(link).timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
