package io.greenfinch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A simulated WhatsApp with its admin interface, as a user of it would drive it (docs/simulator.md). */
public final class SimulatedWorld implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Simulator simulator;
    private final HttpClient http = HttpClient.newHttpClient();

    public SimulatedWorld() {
        this(Clock.systemUTC());
    }

    /** One whose service has this clock. */
    public SimulatedWorld(Clock clock) {
        simulator = Simulator.start(SimulatorSettings.defaults().withClock(clock));
    }

    /** How a client reaches it. */
    public ClientSettings clientSettings() {
        return ClientSettings.defaults(simulator.chatUrl(), HexFormat.of().parseHex(simulator.rootKeyHex()));
    }

    /** Where its chat socket is. */
    public String chatUrl() {
        return simulator.chatUrl().toString();
    }

    /** Where its admin interface is. */
    public URI adminUrl() {
        return simulator.adminUrl();
    }

    public String rootKeyHex() {
        return simulator.rootKeyHex();
    }

    /** Somebody with a phone. */
    public void person(String name) {
        done("POST", "/admin/people", "{\"name\":\"" + name + "\"}");
    }

    /** Somebody with a certain number. */
    public void person(String name, String phone) {
        done("POST", "/admin/people", "{\"name\":\"" + name + "\",\"phone\":\"" + phone + "\"}");
    }

    /** Somebody whose number can be written in another way. */
    public void person(String name, String phone, String alias) {
        done(
                "POST",
                "/admin/people",
                "{\"name\":\"" + name + "\",\"phone\":\"" + phone + "\",\"aliases\":[\"" + alias + "\"]}");
    }

    /** The phone of {@code person} scans a QR code. */
    public void scan(String person, String qr) {
        done("POST", "/admin/mock-phone/scan-qr?acc=" + URLEncoder.encode(person, StandardCharsets.UTF_8), qr);
    }

    /** Whether the service demands a passkey of somebody before it links a companion. */
    public void demandPasskey(String person, boolean demanded) {
        done("POST", "/admin/people/" + person + "/passkey", "{\"demanded\":" + demanded + "}");
    }

    /** What the browser of somebody answers on WhatsApp's page, as JSON. */
    public JsonNode signed(String person, String challenge) {
        return done("POST", "/admin/people/" + person + "/passkey/sign", "{\"challenge\":\"" + challenge + "\"}");
    }

    /** The code that somebody's phone shows, to be compared. */
    public String shownCode(String person) {
        return done("GET", "/admin/people/" + person, "").path("shownCode").stringValue();
    }

    /** A phone scans a QR code that leads to nothing by itself; its status. */
    public int scanned(String person, String qr) {
        return answer("POST", "/admin/mock-phone/scan-qr?acc=" + person, qr).statusCode();
    }

    /** Somebody types a code on their phone; what the phone says is in the answer. */
    public HttpResponse<String> enterCode(String person, String code) {
        return answer(
                "POST", "/admin/mock-phone/enter-code", "{\"person\":\"" + person + "\",\"code\":\"" + code + "\"}");
    }

    /** Makes a group; returns its id. {@code more} is JSON to add, such as {@code ,"admins":["Anna"]}. */
    public String group(String subject, String creator, String members, String more) {
        return done(
                        "POST",
                        "/admin/groups",
                        "{\"subject\":\"" + subject + "\",\"creator\":\"" + creator + "\",\"members\":["
                                + quoted(members) + "]" + more + "}")
                .path("id")
                .stringValue();
    }

    private static String quoted(String names) {
        return names.isEmpty() ? "" : "\"" + names.replace(",", "\",\"") + "\"";
    }

    /** What somebody does on their phone. */
    public void act(String group, String person, String action, String targets) {
        act(group, person, action, targets, "");
    }

    /** The same with more to say; {@code more} is JSON to add, such as {@code ,"on":true}. */
    public void act(String group, String person, String action, String targets, String more) {
        done(
                "POST",
                "/admin/groups/" + group + "/actions",
                "{\"person\":\"" + person + "\",\"action\":\"" + action + "\",\"targets\":[" + quoted(targets) + "]"
                        + more + "}");
    }

    /** Somebody tries to add a person who lets nobody do so; returns the invitation that this gives, as members of JSON. */
    public String invites(String group, String person, String target) {
        privacy(target, "{\"groupadd\":\"none\"}");
        try {
            JsonNode result = done(
                            "POST",
                            "/admin/groups/" + group + "/actions",
                            "{\"person\":\"" + person + "\",\"action\":\"add\",\"targets\":[" + quoted(target) + "]}")
                    .at("/results/0");
            return "\"inviteCode\":" + result.path("inviteCode") + ",\"inviteExpiration\":"
                    + result.path("inviteExpiration");
        } finally {
            privacy(target, "{\"groupadd\":\"all\"}");
        }
    }

    /** The same, but what the service refuses is no failure. */
    public void tries(String group, String person, String action, String targets, String more) {
        int status = answer(
                        "POST",
                        "/admin/groups/" + group + "/actions",
                        "{\"person\":\"" + person + "\",\"action\":\"" + action + "\",\"targets\":[" + quoted(targets)
                                + "]" + more + "}")
                .statusCode();
        assertThat(status).isIn(200, 409);
    }

    /** A group as the admin interface shows it. */
    public JsonNode shown(String group) {
        return done("GET", "/admin/groups/" + group, "");
    }

    /** A group's subject. */
    public String subject(String group) {
        return done("GET", "/admin/groups/" + group, "").path("subject").stringValue();
    }

    /** A setting of a group that is on or off. */
    public boolean setting(String group, String name) {
        return done("GET", "/admin/groups/" + group, "").path(name).booleanValue();
    }

    /** The names of a group's members. */
    public List<String> members(String group) {
        return done("GET", "/admin/groups/" + group, "")
                .path("members")
                .valueStream()
                .map(member -> member.path("name").stringValue())
                .toList();
    }

    /** The rank of a member. */
    public String rank(String group, String person) {
        return done("GET", "/admin/groups/" + group, "")
                .path("members")
                .valueStream()
                .filter(member -> member.path("name").stringValue().equals(person))
                .map(member -> member.path("rank").stringValue())
                .findFirst()
                .orElse("none");
    }

    /** A group as everybody sees it. */
    public record GroupLine(String id, String subject) {}

    public List<GroupLine> groups() {
        return done("GET", "/admin/groups", "")
                .valueStream()
                .map(group -> new GroupLine(
                        group.path("id").stringValue(), group.path("subject").stringValue()))
                .toList();
    }

    /** Somebody writes on their phone, to a person or a group; returns the id of the message. */
    public String says(String person, String to, String text) {
        return done(
                        "POST",
                        "/admin/people/" + person + "/messages",
                        JSON.writeValueAsString(Map.of("to", to, "text", text)))
                .path("id")
                .stringValue();
    }

    /** The same, in answer to a message that their phone knows. */
    public String answers(String person, String to, String text, String quoted) {
        return done(
                        "POST",
                        "/admin/people/" + person + "/messages",
                        "{\"to\":\"" + to + "\",\"text\":\"" + text + "\",\"quote\":\"" + quoted + "\"}")
                .path("id")
                .stringValue();
    }

    /** Somebody does something else in a chat on their phone; returns the id of the message that it makes. */
    public String does(String person, Map<String, Object> what) {
        return done("POST", "/admin/people/" + person + "/messages", JSON.writeValueAsString(what))
                .path("id")
                .stringValue();
    }

    /** Somebody reads a message on their phone. */
    public void reads(String person, String message) {
        done("POST", "/admin/people/" + person + "/messages", "{\"read\":\"" + message + "\"}");
    }

    /** Somebody calls a person or a group on their phone; returns the id of the call. {@code more} is JSON to add. */
    public String calls(String person, String to, String more) {
        return done("POST", "/admin/people/" + person + "/calls", "{\"to\":\"" + to + "\"" + more + "}")
                .path("id")
                .stringValue();
    }

    /** Somebody does something about a call on their phone. */
    public void about(String call, String person, String action) {
        done("POST", "/admin/people/" + person + "/calls/" + call, "{\"action\":\"" + action + "\"}");
    }

    /** Somebody's phone claims to have a history, of which companions are told that are linked from now on. */
    public void history(String person, Map<String, Object> what) {
        done("POST", "/admin/people/" + person + "/history", JSON.writeValueAsString(what));
    }

    /** WhatsApp's media hosts forget all files; returns how many. */
    public int expireFiles() {
        return done("POST", "/admin/media/expire", "{}").path("expired").intValue();
    }

    /** Somebody's phone loses its Signal sessions, and the keys of groups. */
    public void forgetsSessions(String person) {
        done("POST", "/admin/people/" + person + "/forget-sessions", "{}");
    }

    /** Somebody registers their number anew: their keys are others, and their companions are gone. */
    public void registersAnew(String person) {
        done("POST", "/admin/people/" + person + "/register-anew", "{}");
    }

    /** How many notifications of a type companions have acknowledged. */
    public long acknowledged(String type) {
        return done("GET", "/admin/stanzas?limit=1000", "")
                .valueStream()
                .filter(stanza -> stanza.path("direction").stringValue().equals("received"))
                .map(stanza -> stanza.path("stanza").stringValue())
                .filter(stanza -> stanza.startsWith("<ack") && stanza.contains("type=\"" + type + "\""))
                .count();
    }

    /** Says on somebody's phone who may see their status updates: {@code contacts}, {@code whitelist} or {@code blacklist}. */
    public void statusPrivacy(String person, String rule, String... people) {
        done(
                "POST",
                "/admin/people/" + person + "/status-privacy",
                JSON.writeValueAsString(Map.of("rule", rule, "people", List.of(people))));
    }

    /** Somebody does on their phone what their other devices learn. */
    public void appState(String person, Map<String, Object> what) {
        appState(person, List.of(what));
    }

    /** The same of several things, one after the other. */
    public void appState(String person, List<Map<String, Object>> what) {
        done("POST", "/admin/people/" + person + "/app-state", JSON.writeValueAsString(what));
    }

    /** What somebody's phone knows of the state that its account's devices share, by collection. */
    public List<JsonNode> appState(String person) {
        return done("GET", "/admin/people/" + person + "/app-state", "")
                .valueStream()
                .toList();
    }

    /** What a person's phone has seen. */
    public List<String> seen(String person) {
        return done("GET", "/admin/people/" + URLEncoder.encode(person, StandardCharsets.UTF_8) + "/seen", "")
                .valueStream()
                .map(sight -> sight.path("text").stringValue())
                .toList();
    }

    /** The address of a picture as {@code person} gets to see it; {@code whose} is {@code people/Bob} or {@code groups/…}. */
    public String picture(String whose, String person) {
        return done("GET", "/admin/" + whose + "/picture?person=" + person, "")
                .path("url")
                .stringValue();
    }

    /** Somebody sets a picture on their phone. */
    public void setPicture(String whose, String person, byte[] jpeg) {
        String base64 = Base64.getEncoder().encodeToString(jpeg);
        done("POST", "/admin/" + whose + "/picture?person=" + person, "{\"jpeg\":\"" + base64 + "\"}");
    }

    /** Settings of somebody's privacy, as the admin interface takes them. */
    public void privacy(String person, String json) {
        done("POST", "/admin/people/" + person + "/privacy", json);
    }

    /** Makes a business of somebody. */
    public void business(String person, String json) {
        done("PUT", "/admin/people/" + person + "/business", json);
    }

    /** Somebody takes their phone in hand, or puts it away. */
    public void presence(String person, boolean available) {
        done("POST", "/admin/people/" + person + "/presence", "{\"available\":" + available + "}");
    }

    /** What a link leads to. */
    public byte[] fetch(String url) {
        try {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(url).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("image/jpeg");
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException("the simulator does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Orders a fault. */
    public long fault(String json) {
        return done("POST", "/admin/faults", json).path("id").asLong(0);
    }

    /** How often a fault has struck. */
    public int fired(long fault) {
        return done("GET", "/admin/faults", "")
                .valueStream()
                .filter(each -> each.path("id").asLong(0) == fault)
                .map(each -> each.path("fired").asInt(0))
                .findFirst()
                .orElse(0);
    }

    public void clearFaults() {
        done("DELETE", "/admin/faults", "");
    }

    /** How many requests with this child have come in. */
    public int requests(String child) {
        return done("GET", "/admin/iqs?child=" + child, "").size();
    }

    /** The receipts of a type that companions have given for a message. */
    public long receipts(String type, String message) {
        return given(type, message).size();
    }

    /** The same as they came. */
    public List<String> given(String type, String message) {
        return done("GET", "/admin/stanzas?contains=" + message + "&limit=1000", "")
                .valueStream()
                .filter(stanza -> stanza.path("direction").stringValue().equals("received"))
                .map(stanza -> stanza.path("stanza").stringValue())
                .filter(stanza -> stanza.startsWith("<receipt") && stanza.contains("type=\"" + type + "\""))
                .toList();
    }

    /** Ends the links of a person's companions, as from the phone. */
    public void unlinkAll(String person) {
        for (JsonNode each : done("GET", "/admin/people", "")) {
            if (each.path("name").stringValue("").equals(person)) {
                for (JsonNode device : each.path("devices")) {
                    String jid = device.isString()
                            ? device.stringValue()
                            : device.path("jid").stringValue();
                    done("DELETE", "/admin/devices/" + jid, "");
                }
            }
        }
    }

    /** How many companions are connected by a handshake that was cut short because they knew the server's key. */
    public long resumed() {
        return done("GET", "/admin/people", "")
                .valueStream()
                .flatMap(person -> person.path("devices").valueStream())
                .filter(device -> device.path("resumed").asBoolean(false))
                .count();
    }

    private JsonNode done(String verb, String path, String body) {
        HttpResponse<String> response = answer(verb, path, body);
        assertThat(response.statusCode())
                .as(verb + " " + path + ": " + response.body())
                .isBetween(200, 204);
        return response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
    }

    private HttpResponse<String> answer(String verb, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.adminUrl() + path))
                .method(verb, HttpRequest.BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("the simulator does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        simulator.close();
        http.close();
    }
}
