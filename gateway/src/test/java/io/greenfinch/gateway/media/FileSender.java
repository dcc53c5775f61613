package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.TwoAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application that sends files and follows links. */
public record FileSender(HttpClient http, String apiUrl, Gateway.NewInstance instance) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Bytes that are no kind of file. */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Sends a file to Bob; returns the answer of a success. */
    public JsonNode upload(String name, byte[] content, String caption) {
        TestForm form = new TestForm().text("chatId", TwoAccounts.BOB).text("fileName", name);
        if (!caption.isEmpty()) {
            form.text("caption", caption);
        }
        HttpRequest request = form.file("file", "any.bin", content)
                .request(URI.create(apiUrl + TestGateway.path(instance, "sendFileByUpload")))
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> response = sent(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** What is under a link. */
    public byte[] fetch(String link) {
        HttpResponse<byte[]> response =
                sent(HttpRequest.newBuilder(URI.create(link)).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(link).isEqualTo(200);
        return response.body();
    }

    /** How asking for a link, or for a range of it, is answered. */
    int status(String link, String range) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(link)).timeout(PATIENCE);
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        return sent(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
