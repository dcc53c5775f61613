package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.SimulatedWorld;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.TwoAccounts;
import io.greenfinch.gateway.UnusableSettingsException;
import io.greenfinch.gateway.s3.MotoServer;
import io.greenfinch.gateway.s3.S3Bucket;
import io.greenfinch.gateway.s3.S3Files;
import io.greenfinch.gateway.s3.StoreRelay;
import io.greenfinch.gateway.store.UnusableDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files in a bucket, both ways; while their store is away callers hear of it, and nothing is lost. */
@Timeout(120)
class BucketFilesIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    private final MotoServer moto = MotoServer.start();
    private final StoreRelay relay = new StoreRelay(moto.url());
    private final S3Bucket bucket = moto.bucket("files", relay.url(), "greenfinch/");
    private final SimulatedWorld world = new SimulatedWorld();
    private final HttpClient http = HttpClient.newHttpClient();
    private final MediaFront media;
    private TestGateway gateway;
    private Gateway.NewInstance anna;
    private Gateway.NewInstance bob;
    private FileSender sender;

    BucketFilesIT() throws IOException {
        media = new MediaFront(world.adminUrl());
    }

    @BeforeEach
    void start() {
        world.person("Anna", "15550001001");
        world.person("Bob", "15550001002");
        gateway =
                TestGateway.startWithBucket(data, world, world.clientSettings().withMediaUrl(media.url()), bucket);
        anna = gateway.link(world, "Anna");
        bob = gateway.link(world, "Bob");
        gateway.post(TestGateway.path(bob, "setSettings"), "{\"incomingWebhook\":\"yes\"}");
        sender = new FileSender(http, gateway.gateway().apiUrl().toString(), anna);
    }

    @AfterEach
    void stop() {
        gateway.close();
        media.close();
        world.close();
        relay.close();
        moto.close();
        http.close();
    }

    private List<String> kept() throws IOException {
        List<String> ids = new ArrayList<>();
        try (S3Files files = S3Files.in(bucket)) {
            files.visit(each -> ids.add(each.id()));
        }
        return ids;
    }

    private String received() {
        JsonNode told = JSON.readTree(gateway.get(TestGateway.path(bob, "receiveNotification") + "?receiveTimeout=20")
                .body());
        gateway.send("DELETE", TestGateway.path(bob, "deleteNotification") + "/" + told.path("receiptId"), "");
        return told.at("/body/messageData/fileMessageData/downloadUrl").asString("");
    }

    @Test
    void filesAreInTheBucketAndNotOnTheDisk() throws IOException {
        byte[] content = FileSender.bytes(300_000);
        String sent = sender.upload("report.pdf", content, "").path("urlFile").stringValue();
        assertThat(sender.fetch(sent)).isEqualTo(content);
        String came = received();
        assertThat(kept()).hasSize(1);
        assertThat(sender.fetch(came)).isEqualTo(content);
        assertThat(sender.fetch(came)).isEqualTo(content);
        assertThat(kept()).hasSize(2).allSatisfy(id -> assertThat(sent + came).contains(id));
        assertThat(part(came, 299_000)).isEqualTo(Arrays.copyOfRange(content, 299_000, 300_000));

        assertThat(data.resolve("files").resolve("kept")).doesNotExist();
        await().untilAsserted(() -> {
            try (var left = Files.list(data.resolve("files").resolve("uploads"))) {
                assertThat(left).isEmpty();
            }
        });
    }

    private byte[] part(String link, int from) {
        HttpResponse<byte[]> response = follow(link, BodyHandlers.ofByteArray(), "Range", "bytes=" + from + "-");
        assertThat(response.statusCode()).isEqualTo(206);
        return response.body();
    }

    private HttpResponse<String> follow(String link) {
        return follow(link, BodyHandlers.ofString(), "Accept", "*/*");
    }

    private <T> HttpResponse<T> follow(String link, HttpResponse.BodyHandler<T> handler, String... headers) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(link)).headers(headers).build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void whoCallsWhileTheStoreIsAwayIsToldToComeBack() {
        byte[] content = FileSender.bytes(1000);
        JsonNode sent = sender.upload("report.pdf", content, "");
        String link = sent.path("urlFile").stringValue();
        String came = received();
        relay.goAway();

        assertUnavailable(follow(link));
        assertUnavailable(follow(came));
        assertUnavailable(gateway.post(
                TestGateway.path(anna, "sendFileByUrl"),
                "{\"chatId\":\"" + TwoAccounts.BOB + "\",\"urlFile\":\"" + link + "\",\"fileName\":\"a.pdf\"}"));
        assertUnavailable(gateway.post(
                TestGateway.path(bob, "downloadFile"),
                "{\"chatId\":\"15550001001@c.us\",\"idMessage\":\""
                        + sent.path("idMessage").stringValue() + "\"}"));
        assertUnavailable(gateway.send(new TestForm()
                .text("chatId", TwoAccounts.BOB)
                .file("file", "b.pdf", content)
                .request(URI.create(gateway.gateway().apiUrl() + TestGateway.path(anna, "sendFileByUpload")))
                .build()));
        assertUnavailable(gateway.send(
                HttpRequest.newBuilder(URI.create(gateway.gateway().apiUrl() + TestGateway.path(anna, "uploadFile")))
                        .header("Content-Type", "application/pdf")
                        .POST(BodyPublishers.ofByteArray(content))
                        .build()));
        assertThat(gateway.get("/health/ready").statusCode()).as("texts go on").isEqualTo(200);

        relay.comeBack();
        assertThat(sender.fetch(link)).isEqualTo(content);
        assertThat(sender.fetch(came)).isEqualTo(content);
        sender.upload("b.pdf", content, "");
        assertThat(received()).isNotEmpty();
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.headers().firstValue("Greenfinch-Reason")).hasValue("files-unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    void aMessageWaitsForItsFile() {
        media.away = true;
        String id = sender.upload("report.pdf", FileSender.bytes(1000), "")
                .path("idMessage")
                .stringValue();
        relay.turnAway();
        media.away = false;
        await().atMost(Duration.ofSeconds(40)).until(() -> relay.turnedAway() >= 3);
        assertThat(gateway.post(
                                TestGateway.path(anna, "getMessage"),
                                "{\"chatId\":\"" + TwoAccounts.BOB + "\",\"idMessage\":\"" + id + "\"}")
                        .body())
                .contains("\"statusMessage\":\"pending\"");

        relay.comeBack();
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(world.seen("Bob")).anyMatch(seen -> seen.contains("report.pdf")));
    }

    @Test
    void doesNotStartWithoutItsBucket() {
        gateway.close();
        S3Bucket none = new S3Bucket(bucket.endpoint(), S3Bucket.REGION, "no-such", "", "key", "a-secret-of-it");
        assertThatExceptionOfType(UnusableSettingsException.class)
                .isThrownBy(() -> TestGateway.startWithBucket(data, world, world.clientSettings(), none))
                .withMessageContaining("The bucket no-such at http://127.0.0.1:")
                .withMessageContaining("there is no such bucket");
        S3Bucket nowhere = new S3Bucket(
                Optional.of(URI.create("http://127.0.0.1:1")), S3Bucket.REGION, "b", "", "key", "a-secret");
        assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> TestGateway.startWithBucket(data, world, world.clientSettings(), nowhere))
                .withMessageContaining("no connection can be made");
        gateway = TestGateway.startWithBucket(data, world, world.clientSettings(), bucket);
        assertThat(gateway.gateway().instances()).hasSize(2);
    }
}
