package io.greenfinch.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.TwoAccounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is under the links of files, for how long, and where it comes from. */
@Timeout(120)
class FileLinksIT {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path data;

    private TwoAccounts accounts;
    private FileSender anna;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        accounts = new TwoAccounts(data);
        anna = new FileSender(http, accounts.apiUrl(), accounts.anna);
    }

    @AfterEach
    void stop() {
        http.close();
        accounts.close();
    }

    @Test
    void aLinkServesPartsAndLetsNothingRun() throws Exception {
        byte[] content = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
        String link = anna.upload("page.html", content, "").path("urlFile").stringValue();
        HttpResponse<byte[]> part = http.send(
                HttpRequest.newBuilder(URI.create(link))
                        .header("Range", "bytes=1-6")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("script".getBytes(StandardCharsets.UTF_8));
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1-6/" + content.length);
        assertThat(part.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(part.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        assertThat(part.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(part.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        assertThat(anna.status(link, "bytes=100-")).isEqualTo(416);
        assertThat(anna.status(link.replaceFirst("[0-9a-f](?=\\.html)", "x"), ""))
                .isEqualTo(404);
        assertThat(anna.status(link.replaceFirst("/files/\\d+", "/files/1"), ""))
                .isEqualTo(404);
        HttpResponse<byte[]> head = http.send(
                HttpRequest.newBuilder(URI.create(link))
                        .method("HEAD", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(content.length);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void whatTheHostsHaveNoMoreComesFromThePhone() throws Exception {
        byte[] content = FileSender.bytes(200_000);
        anna.upload("cat.jpg", content, "");
        JsonNode first = accounts.next().path("body");
        anna.upload("dog.jpg", content, "");
        JsonNode second = accounts.next().path("body");
        admin("/admin/media/expire", "{}");
        JsonNode told = accounts.post(accounts.bob, "downloadFile", about(first));
        assertThat(told.path("downloadUrl")).isEqualTo(first.at("/messageData/fileMessageData/downloadUrl"));
        assertThat(anna.fetch(told.path("downloadUrl").stringValue())).isEqualTo(content);
        admin("/admin/media/expire", "{\"phones\":true}");
        assertThat(anna.fetch(told.path("downloadUrl").stringValue())).isEqualTo(content);
        HttpResponse<String> gone =
                accounts.gateway.post(TestGateway.path(accounts.bob, "downloadFile"), about(second));
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.headers().firstValue("Greenfinch-Reason")).hasValue("gone");
        assertThat(anna.status(
                        second.at("/messageData/fileMessageData/downloadUrl").stringValue(), ""))
                .isEqualTo(404);
    }

    @Test
    void aPermitThatHasEndedIsAskedForAgain() throws Exception {
        anna.upload("cat.jpg", FileSender.bytes(1000), "");
        accounts.next();
        admin("/admin/media/end-permits", "{}");
        anna.upload("dog.jpg", FileSender.bytes(1000), "");
        assertThat(accounts.next().at("/body/messageData/typeMessage").stringValue())
                .isEqualTo("imageMessage");
    }

    @Test
    void aServiceThatFailsIsAskedAgain() throws Exception {
        accounts.world.fault("{\"kind\":\"error\",\"code\":503,\"child\":\"media_conn\",\"times\":1}");
        anna.upload("cat.jpg", FileSender.bytes(1000), "");
        assertThat(accounts.next().at("/body/messageData/typeMessage").stringValue())
                .isEqualTo("imageMessage");
    }

    @Test
    void linksEndWithTheirInstance() throws Exception {
        String sent = anna.upload("cat.jpg", FileSender.bytes(1000), "")
                .path("urlFile")
                .stringValue();
        String received = accounts.next()
                .at("/body/messageData/fileMessageData/downloadUrl")
                .stringValue();
        assertThat(anna.status(received, "")).isEqualTo(200);
        accounts.gateway.get(TestGateway.path(accounts.bob, "logout"));
        await().untilAsserted(() -> assertThat(anna.status(received, "")).isEqualTo(404));
        assertThat(anna.status(sent, "")).isEqualTo(200);
        accounts.gateway.post(
                "/partner/deleteInstanceAccount/" + accounts.gateway.gateway().partnerToken(),
                "{\"idInstance\":" + accounts.anna.id() + "}");
        assertThat(anna.status(sent, "")).isEqualTo(404);
    }

    private String about(JsonNode notification) {
        return JSON.writeValueAsString(Map.of(
                "chatId",
                notification.at("/senderData/chatId").stringValue(),
                "idMessage",
                notification.path("idMessage").stringValue()));
    }

    private void admin(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(accounts.world.adminUrl().resolve(path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    }
}
