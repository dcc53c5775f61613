package io.greenfinch.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pictures over the real socket, the admin interface and HTTP. */
class PicturesIT {

    private static final String XMLNS = "w:profile:picture";
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3, (byte) 0xFF, (byte) 0xD9};

    private static Node ask(TestSocket socket, String type, Optional<Jid> target, Node... content) {
        Node.Builder iq = Node.element("iq")
                .attribute("id", "picture-" + System.nanoTime())
                .attribute("to", Jid.SERVER)
                .attribute("type", type)
                .attribute("xmlns", XMLNS)
                .attribute("target", target);
        for (Node node : content) {
            iq.child(node);
        }
        Node request = iq.build();
        socket.send(request);
        String id = request.attribute("id").orElseThrow();
        return socket.await(node -> node.tag().equals("iq") && node.is("id", id));
    }

    private static Node picture(String type) {
        return Node.element("picture")
                .attribute("type", type)
                .attribute("query", "url")
                .build();
    }

    private static Node image(byte[] jpeg) {
        return Node.element("picture").attribute("type", "image").bytes(jpeg).build();
    }

    private static HttpResponse<byte[]> fetch(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(TestSocket.PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void aGroupsPictureIsSetFetchedAndRemoved() throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(SimulatorSettings.defaults())) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            TestCompanion anna = new TestCompanion(simulator).pair(admin, "Anna");
            TestCompanion bob = new TestCompanion(simulator).pair(admin, "Bob");
            Jid group = Jid.parse(admin.group("Team", "Anna", "lid", "Bob")).orElseThrow();
            TestSocket annas = anna.logIn();
            TestSocket bobs = bob.logIn();

            assertThat(ask(bobs, "get", Optional.of(group), picture("image"))
                            .child("error")
                            .orElseThrow()
                            .is("code", "404"))
                    .isTrue();
            Node set = ask(annas, "set", Optional.of(group), image(JPEG));
            String id = set.child("picture").orElseThrow().attribute("id").orElseThrow();
            Node notice = bobs.await(node -> node.tag().equals("notification") && node.is("type", "picture"));
            assertThat(notice.jid("from")).contains(group);
            Node told = notice.child("set").orElseThrow();
            assertThat(told.is("id", id)).isTrue();
            assertThat(told.jid("jid")).contains(group);
            assertThat(told.jid("author")).contains(anna.lid().account());
            annas.await(node -> node.tag().equals("notification") && node.is("type", "picture"));

            Node found = ask(bobs, "get", Optional.of(group), picture("preview"))
                    .child("picture")
                    .orElseThrow();
            assertThat(found.is("id", id) && found.is("type", "preview")).isTrue();
            String url = found.attribute("url").orElseThrow();
            assertThat(url).endsWith(found.attribute("direct_path").orElseThrow());
            HttpResponse<byte[]> bytes = fetch(url);
            assertThat(bytes.body()).isEqualTo(JPEG);
            assertThat(bytes.headers().firstValue("Content-Type")).hasValue("image/jpeg");
            assertThat(fetch(url.substring(0, url.length() - 5) + ".jpg").statusCode())
                    .isEqualTo(404);
            Node same = Node.element("picture")
                    .attribute("type", "image")
                    .attribute("id", id)
                    .build();
            assertThat(ask(bobs, "get", Optional.of(group), same).children()).isEmpty();
            assertThat(admin.seen("Bob")).last().isEqualTo("Anna changed the picture of \"Team\"");

            assertThat(ask(bobs, "set", Optional.of(group)).is("type", "result"))
                    .isTrue();
            annas.await(
                    node -> node.is("type", "picture") && node.child("delete").isPresent());
            assertThat(fetch(url).statusCode()).isEqualTo(404);
            assertThat(admin.seen("Anna")).last().isEqualTo("Bob removed the picture of \"Team\"");
        }
    }

    @Test
    void theAdminInterfacePlaysPeopleAndTheirPictures(@TempDir Path folder) throws IOException, InterruptedException {
        SimulatorSettings settings = SimulatorSettings.defaults().withSnapshot(folder.resolve("world.json"));
        String jpeg = "{\"jpeg\":\"" + Base64.getEncoder().encodeToString(JPEG) + "\"}";
        try (Simulator simulator = Simulator.start(settings)) {
            TestAdmin admin = new TestAdmin(simulator.adminUrl());
            TestCompanion bob = new TestCompanion(simulator).pair(admin, "Bob");
            admin.person("Anna");
            String group = admin.group("Team", "Anna", "lid", "Bob");
            TestSocket bobs = bob.logIn();

            assertThat(admin.get("/admin/people/Anna/picture").status()).isEqualTo(409);
            JsonNode set = admin.done("/admin/people/Anna/picture", jpeg);
            assertThat(set.path("bytes").asInt()).isEqualTo(JPEG.length);
            Node told = bobs.await(node -> node.is("type", "picture"));
            assertThat(told.child("set").orElseThrow().is("id", set.path("id").asString()))
                    .isTrue();
            assertThat(admin.get("/admin/people/Anna/picture?person=Bob").json())
                    .isEqualTo(set);
            admin.done("/admin/people/Anna/privacy", "{\"profile\":\"none\"}");
            assertThat(admin.get("/admin/people/Anna/picture?person=Bob")
                            .json()
                            .path("code")
                            .asInt())
                    .isEqualTo(401);

            assertThat(admin.post("/admin/groups/" + group + "/picture", jpeg).error())
                    .contains("\"person\"");
            assertThat(admin.post("/admin/groups/" + group + "/picture?person=Anna", "{\"jpeg\":\"?\"}")
                            .error())
                    .contains("base64");
            admin.done("/admin/groups/" + group + "/picture?person=Anna", jpeg);
            assertThat(admin.delete("/admin/people/Anna/picture").status()).isEqualTo(204);
        }
        try (Simulator again = Simulator.start(settings)) {
            TestAdmin admin = new TestAdmin(again.adminUrl());
            assertThat(admin.get("/admin/people/Anna/picture").status()).isEqualTo(409);
            JsonNode groups = admin.get("/admin/groups").json();
            String group = groups.get(0).path("id").asString();
            JsonNode kept =
                    admin.get("/admin/groups/" + group + "/picture?person=Bob").json();
            assertThat(fetch(kept.path("url").asString()).body()).isEqualTo(JPEG);
        }
    }
}
