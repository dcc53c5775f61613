package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.store.StateKind;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a thief of the data folder finds in it without the master key (design 4.7). */
class SecretsAtRestIT {

    private static final int KEY = 32;

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    @Test
    void noTokenAndNoKeyOfALinkedInstanceStandsInTheFiles() throws IOException {
        Gateway.NewInstance instance;
        try (SimulatedWorld world = new SimulatedWorld()) {
            world.person("Anna");
            try (TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(25))) {
                instance = gateway.link(world, "Anna");
                assertThat(contents()).noneMatch(file -> file.contains(instance.token()));
            }
        }
        byte[] credentials;
        try (OpenData open = OpenData.at(data)) {
            credentials = open.sessions()
                    .find(instance.id(), StateKind.CREDENTIALS, "self")
                    .orElseThrow();
        }

        List<String> contents = contents();
        assertThat(contents).noneMatch(file -> file.contains(instance.token()));
        assertThat(contents)
                .noneMatch(file -> file.contains(latin(HexFormat.of().parseHex(instance.token()))));
        for (int from = 0; from + KEY <= credentials.length; from++) {
            String piece = new String(credentials, from, KEY, StandardCharsets.ISO_8859_1);
            assertThat(contents).noneMatch(file -> file.contains(piece));
        }
    }

    @Test
    void noTokenThatWasToldOnTheWayStandsThereAndAllAreStillTold() throws IOException {
        List<String> secrets = new ArrayList<>();
        try (TestGateway gateway = TestGateway.start(data)) {
            String partner = gateway.gateway().partnerToken();
            secrets.add("a-header-for-webhooks");
            HttpRequest create = HttpRequest.newBuilder(
                            URI.create(gateway.gateway().apiUrl() + "/partner/createInstance/" + partner))
                    .header("Idempotency-Key", "once")
                    .POST(BodyPublishers.ofString("{\"webhookUrlToken\":\"a-header-for-webhooks\"}"))
                    .build();
            JsonNode made = JSON.readTree(gateway.send(create).body());
            Gateway.NewInstance instance = new Gateway.NewInstance(
                    made.path("idInstance").longValue(),
                    made.path("apiTokenInstance").stringValue());
            JsonNode renewed = JSON.readTree(
                    gateway.get(TestGateway.path(instance, "updateApiToken")).body());
            secrets.add(instance.token());
            secrets.add(renewed.path("apiTokenInstance").stringValue());
            String list = gateway.get("/partner/getInstances/" + partner).body();
            assertThat(list).contains(secrets.getLast());
            assertThat(contents()).noneMatch(file -> secrets.stream().anyMatch(file::contains));
        }
        assertThat(contents()).noneMatch(file -> secrets.stream().anyMatch(file::contains));
        try (TestGateway gateway = TestGateway.start(data)) {
            assertThat(gateway.get("/partner/getInstances/" + gateway.gateway().partnerToken())
                            .body())
                    .contains(secrets.getLast());
        }
    }

    @Test
    void whatIsNoDatabaseIsForItsOwnerOnlyAlsoWhenAnEarlierVersionMadeIt() throws IOException {
        Files.createDirectories(data);
        Files.createFile(
                data.resolve("lock"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try (TestGateway gateway = TestGateway.start(data);
                Stream<Path> files = Files.walk(data)) {
            assertThat(gateway.gateway().partnerTokenFile()).isPresent();
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.getFileName().toString().contains(".db")))
                    .as("lock, master.key, partner-token, address, greenfinch.state")
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    /** All files but the master key itself, a character for each byte. */
    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            List<String> contents = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("master.key"))
                    .map(SecretsAtRestIT::read)
                    .toList();
            assertThat(contents).anyMatch(file -> file.startsWith("SQLite format 3"));
            return contents;
        }
    }

    private static String read(Path file) {
        try {
            return latin(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(file + " can't be read", e);
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
