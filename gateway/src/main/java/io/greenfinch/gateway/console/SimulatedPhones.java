package io.greenfinch.gateway.console;

import io.greenfinch.gateway.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The people of a simulator, by its admin interface (docs/simulator.md). Thread-safe; blocks. */
final class SimulatedPhones {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI simulator;
    private final Supplier<HttpClient> http = Lazily.of(() -> HttpClient.newHttpClient());

    SimulatedPhones(URI simulator) {
        this.simulator = simulator;
    }

    /** What the simulator answered, or why it did not do what it was asked for. */
    record Answer(boolean done, JsonNode json, String trouble) {}

    JsonNode people() {
        return get("/admin/people");
    }

    JsonNode groups() {
        return get("/admin/groups");
    }

    /** What somebody's phone has shown, the oldest first. */
    JsonNode seen(String person) {
        return get("/admin/people/" + encoded(person) + "/seen");
    }

    /** Somebody writes. */
    Answer write(String person, String to, String text) {
        return post(
                "/admin/people/" + encoded(person) + "/messages",
                Json.object().put("to", to).put("text", text));
    }

    /** Somebody does something in a group. */
    Answer act(String group, String person, String action) {
        return post(
                "/admin/groups/" + encoded(group) + "/actions",
                Json.object().put("person", person).put("action", action));
    }

    /** Somebody's phone scans a code: the answer of the method {@code qr}, or the text of a code. */
    Answer scan(String code, String person) {
        return send(HttpRequest.newBuilder(simulator.resolve("/admin/mock-phone/scan-qr?acc=" + encoded(person)))
                .POST(HttpRequest.BodyPublishers.ofString(code)));
    }

    private JsonNode get(String path) {
        return send(HttpRequest.newBuilder(simulator.resolve(path)).GET()).json();
    }

    private Answer post(String path, ObjectNode body) {
        return send(HttpRequest.newBuilder(simulator.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.get().send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode json = response.body().startsWith("{") || response.body().startsWith("[")
                    ? Json.parse(response.body())
                    : Json.object();
            return new Answer(
                    response.statusCode() / 100 == 2, json, json.path("error").asString(""));
        } catch (IOException e) {
            return new Answer(false, Json.object(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, Json.object(), "interrupted");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
