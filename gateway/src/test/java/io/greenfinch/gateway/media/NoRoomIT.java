package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.TwoAccounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where files have no more room, or the disk does not take them, callers hear of it, and nothing is left half done. */
@Timeout(60)
class NoRoomIT {

    @TempDir
    private Path data;

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNothing() throws IOException {
        try (SimulatedWorld world = new SimulatedWorld()) {
            world.person("Anna", "15550001001");
            world.person("Bob", "15550001002");
            try (TestGateway gateway = TestGateway.startWithRoom(data, world, 100_000)) {
                Gateway.NewInstance anna = gateway.link(world, "Anna");
                assertThat(send(gateway, anna, 60_000).statusCode()).isEqualTo(200);
                assertNoRoom(send(gateway, anna, 60_000));
                assertThat(send(gateway, anna, 30_000).statusCode())
                        .as("a smaller one fits")
                        .isEqualTo(200);
                assertThat(entries("kept")).isEqualTo(2);

                // As a disk that takes nothing more: what is to be moved there can't be.
                Path kept = data.resolve("files").resolve("kept");
                Files.move(kept, kept.resolveSibling("away"));
                assertNoRoom(send(gateway, anna, 1000));
                Files.move(kept.resolveSibling("away"), kept);
                assertThat(send(gateway, anna, 1000).statusCode()).isEqualTo(200);
                await().untilAsserted(() -> assertThat(entries("uploads")).isZero());
                assertThat(entries("kept")).isEqualTo(3);
            }
        }
    }

    private static HttpResponse<String> send(TestGateway gateway, Gateway.NewInstance anna, int bytes) {
        return gateway.send(new TestForm()
                .text("chatId", TwoAccounts.BOB)
                .file("file", "a.pdf", new byte[bytes])
                .request(URI.create(gateway.gateway().apiUrl() + TestGateway.path(anna, "sendFileByUpload")))
                .build());
    }

    private static void assertNoRoom(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(507);
        assertThat(response.headers().firstValue("Greenfinch-Reason")).hasValue("no-room");
    }

    private long entries(String folder) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("files").resolve(folder))) {
            return files.count();
        }
    }
}
