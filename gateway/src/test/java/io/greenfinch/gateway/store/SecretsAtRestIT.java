package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.store.StateKind;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a thief of the data folder finds in it without the master key (design 4.7). */
class SecretsAtRestIT {

    private static final int KEY = 32;

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
