package io.greenfinch.app;

import io.greenfinch.app.cli.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The people and groups of the sandbox, made through the simulator's admin interface as anybody could. */
final class SandboxWorld implements AutoCloseable {

    /** Whose account the gateway links. */
    static final Person ANNA = new Person("Anna", "15550001001");

    /** The people that she meets. */
    static final List<Person> OTHERS = List.of(
            new Person("Bob", "15550001002"), new Person("Carol", "15550001003"), new Person("Dave", "15550001004"));

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final URI admin;
    private final JsonMapper json = new JsonMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(DEADLINE).build();

    SandboxWorld(URI admin) {
        this.admin = admin;
    }

    /** Somebody with a phone. */
    record Person(String name, String phone) {}

    /** A group as the sandbox shows it; {@code admin} when Anna is one of its administrators. */
    record Group(String id, String subject, boolean admin) {}

    /** Makes everybody and three groups: one that Anna rules, one that she is in, one with everybody. */
    void create() {
        List<Person> everybody = new ArrayList<>(OTHERS);
        everybody.addFirst(ANNA);
        for (Person person : everybody) {
            post("/admin/people", Map.of("name", person.name(), "phone", person.phone()));
        }
        Person bob = OTHERS.get(0);
        Person carol = OTHERS.get(1);
        Person dave = OTHERS.get(2);
        createGroup("Team", ANNA, List.of(bob, carol));
        createGroup("Book club", bob, List.of(ANNA, carol));
        createGroup("Neighbours", carol, List.of(ANNA, bob, dave));
    }

    private void createGroup(String subject, Person creator, List<Person> members) {
        post(
                "/admin/groups",
                Map.of(
                        "subject",
                        subject,
                        "creator",
                        creator.phone(),
                        "members",
                        members.stream().map(Person::phone).toList()));
    }

    /** Has Anna's phone scan a QR code; returns when the gateway was told. */
    void scan(String qrText) {
        String account = URLEncoder.encode(ANNA.phone(), StandardCharsets.UTF_8);
        send(HttpRequest.newBuilder(admin.resolve("/admin/mock-phone/scan-qr?acc=" + account))
                .POST(HttpRequest.BodyPublishers.ofString(qrText)));
    }

    /** All groups that Anna is in, in the order in which they were made. */
    List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        for (JsonNode group : send(HttpRequest.newBuilder(admin.resolve("/admin/groups")))) {
            for (JsonNode member : group.path("members")) {
                if (member.path("phone").asString("").equals(ANNA.phone())) {
                    groups.add(new Group(
                            group.path("id").asString(""),
                            group.path("subject").asString(""),
                            !member.path("rank").asString("").equals("member")));
                }
            }
        }
        return groups;
    }

    private void post(String path, Map<String, ?> body) {
        send(HttpRequest.newBuilder(admin.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new RefusedException("The simulator refused "
                        + response.uri().getPath() + ": " + response.statusCode() + " " + response.body());
            }
            return response.body().isBlank() ? json.createObjectNode() : json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("Interrupted while the sandbox was being set up.");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
