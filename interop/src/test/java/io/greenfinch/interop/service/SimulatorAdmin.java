package io.greenfinch.interop.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulator's admin interface (docs/simulator.md). Thread-safe. */
public record SimulatorAdmin(URI url) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The chat socket of the same simulator. */
    public String chatUrl() {
        return "ws://%s/ws/chat".formatted(url.getAuthority());
    }

    /** Root public key, hex. */
    public String rootKey() {
        return send(request("/root").GET()).strip();
    }

    /** Somebody's phone scans a QR text: links its owner's new device. Somebody unknown gets an account. */
    public void scan(String qr, String name) {
        String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
        send(request("/admin/mock-phone/scan-qr?acc=" + query).POST(HttpRequest.BodyPublishers.ofString(qr)));
    }

    /** Sets how groups that clients create from now on name their members: {@code pn} or {@code lid}. */
    public void newGroupsAre(String addressing) {
        post("/admin/settings", Map.of("newGroupAddressing", addressing));
    }

    /** Somebody with both their names. */
    public Person person(String phone) {
        JsonNode json = JSON.readTree(send(request("/admin/people/" + phone).GET()));
        return new Person(
                json.get("name").asString(),
                json.get("jid").asString(),
                json.get("lid").asString());
    }

    /** JIDs of the devices linked to somebody's account. */
    public List<String> devicesOf(String phone) {
        return JSON.readTree(send(request("/admin/people/" + phone).GET()))
                .get("devices")
                .valueStream()
                .map(device -> device.get("jid").asString())
                .toList();
    }

    /** Somebody unlinks all devices on their phone. */
    public void unlinkDevicesOf(String phone) {
        devicesOf(phone).forEach(jid -> send(request("/admin/devices/" + jid).DELETE()));
    }

    /** Somebody's phone creates a group; people are told by phone number. Returns the group's id. */
    public String createGroup(String subject, String addressing, String creator, String... members) {
        Map<String, Object> group =
                Map.of("subject", subject, "addressing", addressing, "creator", creator, "members", members);
        return JSON.readTree(post("/admin/groups", group)).get("id").asString();
    }

    /** What somebody's phone saw, a sentence each, oldest first. */
    public List<String> seenBy(String phone) {
        return JSON.readTree(
                        send(request("/admin/people/%s/seen".formatted(phone)).GET()))
                .valueStream()
                .map(sight -> sight.get("text").asString())
                .toList();
    }

    private String post(String path, Object body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(DEADLINE);
    }

    private static String send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new AssertionError("%s %s: %d %s"
                        .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
