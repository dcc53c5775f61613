package io.greenfinch.interop.service;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The simulator's admin interface (docs/simulator.md). Thread-safe. */
public record SimulatorAdmin(URI url) {
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

    /** Somebody's phone scans the picture of a code. */
    public void scan(byte[] png, String name) {
        String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
        send(request("/admin/mock-phone/scan-qr?acc=" + query).POST(HttpRequest.BodyPublishers.ofByteArray(png)));
    }

    /** Somebody types a code on their phone; returns the status of the answer, 200 for a companion taken in. */
    public int enterCode(String phone, String code) {
        Map<String, String> body = Map.of("person", phone, "code", code);
        return Http.send(request("/admin/mock-phone/enter-code").POST(Http.json(body)))
                .statusCode();
    }

    /** Sets how groups that clients create from now on name their members: {@code pn} or {@code lid}. */
    public void newGroupsAre(String addressing) {
        post("/admin/settings", Map.of("newGroupAddressing", addressing));
    }

    /** Somebody with both their names. */
    public Person person(String phone) {
        JsonNode json = get("/admin/people/" + phone);
        return new Person(
                json.get("name").asString(),
                json.get("jid").asString(),
                json.get("lid").asString());
    }

    /** Numbers of the people whom somebody's account has blocked. */
    public List<String> blocked(String phone) {
        return get("/admin/people/" + phone)
                .get("blocked")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** Makes a business of somebody. */
    public void business(Person person, Map<String, ?> business) {
        send(request("/admin/people/" + person.phone() + "/business").PUT(Http.json(business)));
    }

    /** What somebody's phone knows of the state that its account's devices share, by collection. */
    public JsonNode appState(String phone) {
        return get("/admin/people/" + phone + "/app-state");
    }

    /** Somebody's picture as somebody sees it; empty where there is none, or it is hidden. */
    public Optional<JsonNode> picture(String person, String viewer) {
        return pictureAt("/admin/people/" + person + "/picture?person=" + viewer);
    }

    /** A group's picture as somebody sees it; empty where there is none, or it is hidden. */
    public Optional<JsonNode> groupPicture(String group, String viewer) {
        return pictureAt("/admin/groups/" + group + "/picture?person=" + viewer);
    }

    private Optional<JsonNode> pictureAt(String path) {
        HttpResponse<String> response = Http.send(request(path).GET());
        return response.statusCode() == 409
                ? Optional.empty()
                : Optional.of(Http.JSON.readTree(succeeded("GET", response)));
    }

    /** Gives somebody a picture. */
    public void picture(String person, byte[] jpeg) {
        post(
                "/admin/people/" + person + "/picture",
                Map.of("jpeg", Base64.getEncoder().encodeToString(jpeg)));
    }

    /** JIDs of the devices linked to somebody's account. */
    public List<String> devicesOf(String phone) {
        return get("/admin/people/" + phone)
                .get("devices")
                .valueStream()
                .map(device -> device.get("jid").asString())
                .toList();
    }

    /** Somebody unlinks all devices on their phone. */
    public void unlinkDevicesOf(String phone) {
        devicesOf(phone).forEach(jid -> send(request("/admin/devices/" + jid).DELETE()));
    }

    /** Phone numbers of the members of a group. */
    public Set<String> membersOf(String group) {
        return get("/admin/groups/" + group)
                .get("members")
                .valueStream()
                .map(member -> member.get("phone").asString())
                .collect(Collectors.toSet());
    }

    /** A group as the service has it. */
    public JsonNode group(String id) {
        return get("/admin/groups/" + id);
    }

    /** All groups as the service has them. */
    public JsonNode groups() {
        return get("/admin/groups");
    }

    /** Somebody does something in a group on their phone; false when the service refuses all or part of it. */
    public boolean act(String group, String person, String action, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("person", person);
        body.put("action", action);
        HttpResponse<String> response =
                Http.send(request("/admin/groups/" + group + "/actions").POST(Http.json(body)));
        return response.statusCode() == 200
                && Http.JSON
                        .readTree(response.body())
                        .get("results")
                        .valueStream()
                        .noneMatch(result -> result.has("error"));
    }

    /** Somebody writes on their phone, to a person or a group; returns the message's id. */
    public String write(String person, String to, String text) {
        return onPhone(person, Map.of("to", to, "text", text));
    }

    /** Somebody does something else in a chat on their phone; returns the message's id. */
    public String onPhone(String person, Map<String, Object> what) {
        return Http.JSON
                .readTree(post("/admin/people/" + person + "/messages", what))
                .get("id")
                .asString();
    }

    /** Somebody calls somebody on the phone; returns the call's id. */
    public String call(String person, String to, boolean video) {
        return Http.JSON
                .readTree(post("/admin/people/" + person + "/calls", Map.of("to", to, "video", video)))
                .get("id")
                .asString();
    }

    /** Somebody does something about a call on the phone; returns the status of the answer, 404 when it is over. */
    public int about(String call, String person, String action) {
        return Http.send(
                        request("/admin/people/" + person + "/calls/" + call).POST(Http.json(Map.of("action", action))))
                .statusCode();
    }

    /** Somebody's phone claims to have a history, of which companions are told that are linked from now on. */
    public void history(String person, Map<String, Object> what) {
        post("/admin/people/" + person + "/history", what);
    }

    /** An account's own setting says that only these people may see its status updates. */
    public void statusesFor(String person, String... people) {
        post("/admin/people/" + person + "/status-privacy", Map.of("rule", "whitelist", "people", List.of(people)));
    }

    /** Somebody's phone loses its Signal sessions and sender keys. */
    public void forgetSessions(String person) {
        send(request("/admin/people/" + person + "/forget-sessions").POST(Http.json(Map.of())));
    }

    /** Whether somebody's phone shows a message with this text. */
    public boolean sees(String person, String text) {
        return get("/admin/people/" + person + "/seen")
                .valueStream()
                .anyMatch(seen -> seen.has("id") && seen.get("text").asString().equals(text));
    }

    /** What became of messages since the simulator was started. */
    public JsonNode messageCounts() {
        return get("/admin/messages");
    }

    /** Stanzas that companions have not acknowledged yet, over all accounts. */
    public int unacknowledged() {
        return devices(device -> device.get("unacknowledged").asInt());
    }

    /** How many companions are connected. */
    public int connected() {
        return devices(device -> device.get("connected").asBoolean() ? 1 : 0);
    }

    private int devices(ToIntFunction<JsonNode> count) {
        return get("/admin/people")
                .valueStream()
                .flatMap(person -> person.get("devices").valueStream())
                .mapToInt(count)
                .sum();
    }

    /** Creates somebody; returns them with both their names. */
    public Person createPerson(String name) {
        JsonNode created = Http.JSON.readTree(post("/admin/people", Map.of("name", name)));
        return new Person(
                name, created.get("jid").asString(), created.get("lid").asString());
    }

    /** Creates somebody whose account's keys are held by a business host. */
    public void createHosted(String name) {
        post("/admin/people", Map.of("name", name, "hosted", true));
    }

    /** Sets who may add somebody to groups: {@code all} or {@code none}. */
    public void addableBy(String person, String whom) {
        post("/admin/people/" + person + "/privacy", Map.of("groupadd", whom));
    }

    /** Orders a fault (docs/simulator.md); returns its id. */
    public long order(Map<String, Object> fault) {
        return Http.JSON.readTree(post("/admin/faults", fault)).get("id").asLong();
    }

    /** Cuts all connections at this moment. */
    public void cutAll() {
        post("/admin/faults", Map.of("kind", "cut", "now", true));
    }

    /** How often faults have struck, those that are not taken back. */
    public int struck() {
        return get("/admin/faults")
                .valueStream()
                .mapToInt(fault -> fault.get("fired").asInt())
                .sum();
    }

    /** Takes a fault back. */
    public void withdraw(long fault) {
        send(request("/admin/faults/" + fault).DELETE());
    }

    /** Takes all faults back. */
    public void withdrawFaults() {
        send(request("/admin/faults").DELETE());
    }

    /** Somebody's phone creates a group; people are told by phone number. Returns the group's id. */
    public String createGroup(String subject, String addressing, String creator, String... members) {
        Map<String, Object> group =
                Map.of("subject", subject, "addressing", addressing, "creator", creator, "members", members);
        return Http.JSON.readTree(post("/admin/groups", group)).get("id").asString();
    }

    /** Somebody's phone creates a community; returns its id. */
    public String createCommunity(String subject, String creator, String... members) {
        Map<String, Object> community =
                Map.of("subject", subject, "creator", creator, "members", members, "community", true);
        return Http.JSON.readTree(post("/admin/groups", community)).get("id").asString();
    }

    private String post(String path, Object body) {
        return send(request(path).POST(Http.json(body)));
    }

    private JsonNode get(String path) {
        return Http.JSON.readTree(send(request(path).GET()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path));
    }

    private static String send(HttpRequest.Builder request) {
        return succeeded(request.build().method(), Http.send(request));
    }

    private static String succeeded(String verb, HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(
                    "%s %s: %d %s".formatted(verb, response.uri(), response.statusCode(), response.body()));
        }
        return response.body();
    }
}
