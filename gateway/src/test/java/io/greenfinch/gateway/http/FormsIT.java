package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SessionStatus.Phase;
import io.greenfinch.client.picture.Picture;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestForm;
import io.greenfinch.gateway.TestGateway;
import io.greenfinch.gateway.picture.TestPictures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Requests with files, through the method that sets a group's picture. */
@TestInstance(Lifecycle.PER_CLASS)
class FormsIT {

    private static final byte[] PICTURE = TestPictures.jpeg(64, 64, 0x2040C0);
    private static final String GROUP = "120363000000000001@g.us";
    private static final String DONE =
            "{\"reason\":\"\",\"urlAvatar\":\"https://pps.example/1\",\"setGroupPicture\":true}";

    private final AtomicInteger asked = new AtomicInteger();
    private TestGateway gateway;
    private Gateway.NewInstance instance;
    private Path uploads;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        uploads = data.resolve("files").resolve("uploads");
        Files.createDirectories(uploads);
        Files.writeString(uploads.resolve("upload-left-by-a-crash"), "x");
        gateway = TestGateway.start(data, Clock.systemUTC(), false);
        assertThat(uploads).isEmptyDirectory();
        instance = gateway.gateway().createInstance("test");
        gateway.of(instance).linked(Phase.ONLINE, Clock.systemUTC().instant());
    }

    @BeforeEach
    void answer() {
        asked.set(0);
        gateway.of(instance).picture(new Outcome.Done<>(new Picture("1", URI.create("https://pps.example/1"))));
        gateway.of(instance).picturing((group, jpeg) -> {
            asked.incrementAndGet();
            return new Outcome.Done<>("1");
        });
    }

    /** Always, whatever came. */
    @AfterEach
    void noFileIsLeft() {
        await().untilAsserted(() -> {
            try (Stream<Path> left = Files.list(uploads)) {
                assertThat(left).isEmpty();
            }
        });
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void oneInstanceDoesNotTakeThePlacesOfAll() {
        List<RawConnection> holders = new ArrayList<>();
        Gateway.NewInstance other = gateway.gateway().createInstance("other");
        gateway.of(other).linked(Phase.ONLINE, Clock.systemUTC().instant());
        try {
            for (int i = 1; i <= 8; i++) {
                holders.add(begun(instance));
                int begun = i;
                await().until(() -> left() == begun);
            }
            try (RawConnection ninth = begun(instance)) {
                assertThat(ninth.reply().status()).isEqualTo(429);
            }
            holders.add(begun(other));
            await().until(() -> left() == 9);
        } finally {
            holders.forEach(RawConnection::close);
        }
    }

    private long left() throws IOException {
        try (Stream<Path> files = Files.list(uploads)) {
            return files.count();
        }
    }

    /** A form of which the end does not come. */
    private RawConnection begun(Gateway.NewInstance whose) {
        return new RawConnection(gateway)
                .lines(
                        "POST " + TestGateway.path(whose, "setGroupPicture") + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: multipart/form-data; boundary=b",
                        "Content-Length: 1000",
                        "")
                .text("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.jpg\"\r\n\r\nabc");
    }

    @Test
    void partsMayComeInAnyOrderAndWithoutFileName() {
        TestForm form = new TestForm()
                .part("content-disposition: form-data; name=file", PICTURE)
                .part(
                        "Content-Disposition: form-data; name=\"groupId\"\r\nContent-Type: text/plain; charset=utf-8",
                        GROUP.getBytes(StandardCharsets.UTF_8));
        assertThat(send(form).body()).isEqualTo(DONE);
    }

    @Test
    void fieldsAreCheckedInTheirOrder() {
        assertRefused(new TestForm(), "Validation failed. Details: 'groupId' is required");
        assertRefused(
                new TestForm().text("groupId", "x").text("y", ""),
                "Validation failed. Details: 'groupId' must be one of the next formats: 'group_id@g.us'");
        assertRefused(
                new TestForm().text("groupId", GROUP).text("y", ""), "Validation failed. Details: 'file' is required");
        assertRefused(
                new TestForm().text("groupId", GROUP).file("file", "f.jpg", new byte[0]),
                "Validation failed. Details: 'file' is not allowed to be empty");
        assertRefused(good().text("y", ""), "Validation failed. Details: 'y' is not allowed");
        assertRefused(good().file("more", "f.jpg", PICTURE), "Validation failed. Details: 'more' is not allowed");
        assertRefused(good().text("groupId", GROUP), "Validation failed. Details: 'groupId' must be given only once");
        assertRefused(
                good().file("file", "f.jpg", PICTURE), "Validation failed. Details: 'file' must be given only once");
        assertThat(asked).hasValue(0);
    }

    @Test
    void whatIsNoFormIsRefused() {
        String needed = "Validation failed. Details: 'Content-Type' must be multipart/form-data with a boundary";
        for (String type :
                new String[] {"application/json", "image/jpeg", "multipart/form-data", "multipart/mixed; boundary=x"}) {
            assertRefused(send(type, good().bytes(), null), needed);
        }
        assertRefused(gateway.post(TestGateway.path(instance, "setGroupPicture"), ""), needed);
        assertRefused(send(good().type(), new byte[0], null), "bad request data");
        assertRefused(
                send(good().type(), "{\"groupId\":1}".getBytes(StandardCharsets.UTF_8), null), "bad request data");
        byte[] whole = good().bytes();
        assertRefused(send(good().type(), Arrays.copyOf(whole, whole.length - 8), null), "bad request data");
        assertThat(send("Multipart/Form-Data; charset=utf-8; boundary=\"----test-boundary\"", whole, null)
                        .body())
                .isEqualTo(DONE);
    }

    @Test
    void damagedFormsAreNeverAnswered500() {
        byte[] good = good().bytes();
        Random random = new Random(11);
        for (int i = 0; i < 150; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int k = random.nextInt(6); k >= 0 && bad.length > 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(gateway.sendDamaged(request(good().type(), bad, null)).statusCode())
                    .as("case " + i)
                    .isIn(200, 400);
        }
    }

    @Test
    void aFileThatIsTooLargeIsRefusedLikeALargeBody() {
        HttpResponse<String> answer =
                send(new TestForm().text("groupId", GROUP).file("file", "f", new byte[10 * 1024 * 1024 + 1]));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"message\":\"request entity too large\"");
        assertThat(asked).hasValue(0);
    }

    @Test
    void endlessGarbageIsAnsweredBeforeItsEnd() {
        try (RawConnection connection = new RawConnection(gateway)) {
            connection.lines(
                    "POST " + TestGateway.path(instance, "setGroupPicture") + " HTTP/1.1",
                    "Host: x",
                    "Content-Type: multipart/form-data; boundary=b",
                    "Content-Length: 1000000000",
                    "");
            byte[] garbage = new byte[11 * 1024 * 1024 + BodyPump.MAX_DROPPED];
            connection.bytesAsFarAsTaken(garbage);
            assertThat(connection.reply().status()).isIn(400, 500);
        }
    }

    @Test
    void aConnectionThatEndsWithinAFileLeavesNothing() {
        try (RawConnection connection = new RawConnection(gateway)) {
            connection.lines(
                    "POST " + TestGateway.path(instance, "setGroupPicture") + " HTTP/1.1",
                    "Host: x",
                    "Content-Type: " + good().type(),
                    "Content-Length: 1000000",
                    "");
            connection.bytes(Arrays.copyOf(good().bytes(), good().bytes().length - 100));
            await().until(() -> {
                try (Stream<Path> files = Files.list(uploads)) {
                    return files.findAny().isPresent();
                }
            });
        }
    }

    @Test
    void aRepeatUnderTheSameKeyReadsTheSameAnswer() {
        TestForm other =
                new TestForm("another-boundary").file("file", "f.jpg", PICTURE).text("groupId", GROUP);
        assertThat(send(good().type(), good().bytes(), "k").body()).isEqualTo(DONE);
        assertThat(send(other.type(), other.bytes(), "k").body()).isEqualTo(DONE);
        assertThat(asked).hasValue(1);

        TestForm changed = new TestForm().text("groupId", GROUP).file("file", "f.jpg", TestPictures.jpeg(9, 9, 1));
        assertThat(send(changed.type(), changed.bytes(), "k").body())
                .contains("Idempotency-Key was used with another body");
        assertThat(asked).hasValue(1);
    }

    private static TestForm good() {
        return new TestForm().text("groupId", GROUP).file("file", "f.jpg", PICTURE);
    }

    private void assertRefused(TestForm form, String message) {
        assertRefused(send(form), message);
    }

    private static void assertRefused(HttpResponse<String> answer, String message) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Json.MAPPER.readTree(answer.body()).get("message").stringValue())
                .isEqualTo(message);
    }

    private HttpResponse<String> send(TestForm form) {
        return send(form.type(), form.bytes(), null);
    }

    private HttpResponse<String> send(String type, byte[] body, @Nullable String key) {
        return gateway.send(request(type, body, key));
    }

    private HttpRequest request(String type, byte[] body, @Nullable String key) {
        URI uri = URI.create(gateway.gateway().apiUrl() + TestGateway.path(instance, "setGroupPicture"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
        return (key == null ? request : request.header("Idempotency-Key", key)).build();
    }
}
