package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** The admin interface as tests use it. */
final class TestAdmin {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI url;

    TestAdmin(URI url) {
        this.url = url;
    }

    record Answer(int status, String text) {
        JsonNode json() {
            return text.isEmpty() ? NullNode.getInstance() : MAPPER.readTree(text);
        }

        String error() {
            return json().path("error").asString("");
        }
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer post(String path, byte[] body) {
        return send(HttpRequest.newBuilder(url.resolve(path))
                .timeout(TestSocket.PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(TestSocket.PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Posts what must work. */
    JsonNode done(String path, String body) {
        Answer answer = post(path, body);
        assertThat(answer.status()).as(path + " " + body + ": " + answer.text()).isBetween(200, 204);
        return answer.json();
    }

    void scan(String qr, String person) {
        Answer answer = post("/admin/mock-phone/scan-qr?acc=" + URLEncoder.encode(person, StandardCharsets.UTF_8), qr);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    void person(String name) {
        done("/admin/people", "{\"name\":\"" + name + "\"}");
    }

    /** Creates a group; gives its id. */
    String group(String subject, String creator, String addressing, String... members) {
        String list = String.join("\",\"", members);
        return done("/admin/groups", """
                        {"subject":"%s","creator":"%s","addressing":"%s","members":[%s]}""".formatted(
                                subject, creator, addressing, members.length == 0 ? "" : "\"" + list + "\""))
                .path("id")
                .asString();
    }

    Answer act(String group, String person, String action, String more) {
        return post(
                "/admin/groups/" + group + "/actions",
                "{\"person\":\"" + person + "\",\"action\":\"" + action + "\"" + more + "}");
    }

    /** What a person's phone saw. */
    List<String> seen(String person) {
        return get("/admin/people/" + person + "/seen").json().values().stream()
                .map(sight -> sight.path("text").asString())
                .toList();
    }

    long fault(String json) {
        return done("/admin/faults", json).path("id").asLong();
    }

    int fired(long fault) {
        for (JsonNode each : get("/admin/faults").json()) {
            if (each.path("id").asLong() == fault) {
                return each.path("fired").asInt();
            }
        }
        throw new AssertionError("no fault " + fault);
    }
}
