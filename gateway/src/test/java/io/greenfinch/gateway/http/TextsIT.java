package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts arrive as they were sent, or are refused. */
@TestInstance(Lifecycle.PER_CLASS)
class TextsIT {

    private static final String NAMED = "{\"name\":\"Привет ☀\"}";

    private TestGateway gateway;
    private Gateway.NewInstance instance;

    @BeforeAll
    void start(@TempDir Path data) {
        gateway = TestGateway.start(data);
        instance = gateway.gateway().createInstance("test");
        gateway.of(instance).linked(Phase.ONLINE, Clock.systemUTC().instant());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "updateGroupName|{\"groupId\":\"1@g.us\",\"groupName\":\"Sale \\ud83d\"}|groupName",
                "createGroup|{\"groupName\":\"\\ude00 Sale\",\"chatIds\":[]}|groupName",
                "setSettings|{\"webhookUrlToken\":\"\\ud83dx\"}|webhookUrlToken",
            })
    void halfACharacterIsRefused(String method, String body, String field) {
        HttpResponse<String> answer = gateway.post(TestGateway.path(instance, method), body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'" + field + "' must");
    }

    @Test
    void bothHalvesAreACharacter() {
        HttpResponse<String> answer =
                create("application/json", "{\"name\":\"Sale \\ud83d\\ude00\"}".getBytes(StandardCharsets.US_ASCII));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(names()).contains("Sale 😀");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] body = "{\"name\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        body[9] = (byte) 0xE9;

        HttpResponse<String> answer = create("application/json", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'value' must be valid UTF-8");
        assertThat(create("application/json; charset=us-ascii", body).statusCode())
                .isEqualTo(400);
        assertThat(create("application/json", NAMED.getBytes(StandardCharsets.UTF_16))
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "UTF-16LE", "\"utf-8\""})
    void aDeclaredCharsetIsDecoded(String charset) {
        byte[] body = NAMED.getBytes(Charset.forName(charset.replace("\"", "")));

        assertThat(create("application/json; charset=" + charset, body).statusCode())
                .isEqualTo(200);
        assertThat(names()).contains("Привет ☀");
    }

    @Test
    void whatIsDeclaredMustBeKnown() throws IOException {
        assertThat(create("application/json; charset=klingon", NAMED.getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(415);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(NAMED.getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> answer = gateway.sendDamaged(request("application/json", packed.toByteArray())
                .header("Content-Encoding", "gzip")
                .build());
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("Content-Encoding is not supported");
    }

    @Test
    void textsOfFormsAreTextsToo() {
        TestForm form = new TestForm()
                .part("Content-Disposition: form-data; name=\"groupId\"", new byte[] {'1', (byte) 0xFF})
                .file("file", "a.jpg", new byte[] {1});
        URI uri = URI.create(gateway.gateway().apiUrl() + TestGateway.path(instance, "setGroupPicture"));

        HttpResponse<String> answer = gateway.sendDamaged(form.request(uri).build());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'groupId' must be a string");
    }

    private HttpRequest.Builder request(String type, byte[] body) {
        String path = "/partner/createInstance/" + gateway.gateway().partnerToken();
        return HttpRequest.newBuilder(URI.create(gateway.gateway().apiUrl() + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> create(String type, byte[] body) {
        return gateway.sendDamaged(request(type, body).build());
    }

    private String names() {
        return gateway.get("/partner/getInstances/" + gateway.gateway().partnerToken())
                .body();
    }
}
