package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.TwoAccounts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small file system, which only root can mount; skipped elsewhere. */
@Timeout(120)
class FilesOnFullDiskIT {

    @TempDir
    private Path place;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(place.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
        assumeTrue(mounted, "a file system can be mounted");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    /** Takes all the room that is left. */
    private Path fill() {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            return filler; // full
        }
    }

    /** What was accepted comes, once; what was not is told so; and once there is room everything goes on. */
    @Test
    void nothingIsLostOrClaimed() throws IOException {
        try (SimulatedWorld world = new SimulatedWorld()) {
            world.person("Anna", "15550001001");
            world.person("Bob", "15550001002");
            Path data = disk.resolve("data");
            try (TestGateway gateway = TestGateway.start(data, world, Duration.ofSeconds(5))) {
                Gateway.NewInstance anna = gateway.link(world, "Anna");
                assertThat(upload(gateway, anna).statusCode()).isEqualTo(200);
                // What is sent lies there a second time, encrypted, and would make room for the next one.
                await().atMost(Duration.ofSeconds(60)).until(() -> nothingWaits(gateway, anna));
                await().atMost(Duration.ofSeconds(60)).until(() -> uploads(data).isEmpty());
                Path filler = fill();

                HttpResponse<String> refused = upload(gateway, anna);
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
                assertThat(refused.headers().firstValue("Greenfinch-Reason")).hasValue("no-room");
                List<String> accepted = new ArrayList<>();
                String text = "text 0";
                while (text(gateway, anna, text).statusCode() == 200) {
                    accepted.add(text);
                    text = "text " + accepted.size() + " " + "x".repeat(5000);
                    assertThat(accepted).hasSizeLessThan(1000);
                }

                Files.delete(filler);
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> text(gateway, anna, "there is room again").statusCode() == 200);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> world.seen("Bob").contains("there is room again"));
                assertThat(world.seen("Bob")).containsAll(accepted);
                assertThat(world.seen("Bob")).as("refused").doesNotContain(text);
                accepted.forEach(each -> assertThat(world.seen("Bob")).containsOnlyOnce(each));
                assertThat(upload(gateway, anna).statusCode()).isEqualTo(200);
                await().atMost(Duration.ofSeconds(60)).until(() -> nothingWaits(gateway, anna));
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(uploads(data)).isEmpty());
            }
        }
    }

    private static boolean nothingWaits(TestGateway gateway, Gateway.NewInstance anna) {
        return gateway.get(TestGateway.path(anna, "getMessagesCount")).body().equals("{\"count\":0}");
    }

    private static List<Path> uploads(Path data) throws IOException {
        try (Stream<Path> left = Files.list(data.resolve("files").resolve("uploads"))) {
            return left.toList();
        }
    }

    private static HttpResponse<String> upload(TestGateway gateway, Gateway.NewInstance anna) {
        return gateway.sendDamaged(new TestForm()
                .text("chatId", TwoAccounts.BOB)
                .file("file", "a.pdf", new byte[300_000])
                .request(URI.create(gateway.gateway().apiUrl() + TestGateway.path(anna, "sendFileByUpload")))
                .build());
    }

    private static HttpResponse<String> text(TestGateway gateway, Gateway.NewInstance anna, String text) {
        return gateway.post(
                TestGateway.path(anna, "sendMessage"),
                "{\"chatId\":\"" + TwoAccounts.BOB + "\",\"message\":\"" + text + "\"}");
    }
}
