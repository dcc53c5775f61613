package io.greenfinch.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.gateway.TestForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms apart from HTTP: whatever the bytes are, they are a form or refused, and no file is left behind. */
class FormPartsTest {

    private static final int LIMIT = 1000;

    @TempDir
    private Path folder;

    /** Reads bytes in pieces of this size; gives the file back as text, for comparison. */
    private FormBody read(String boundary, byte[] bytes, int piece) {
        try (FormParts parts = new FormParts(Map.of("file", (long) LIMIT), new Uploads(folder, 1))) {
            MultiPart.Parser parser = FormBody.parser(boundary, parts);
            for (int at = 0; at < bytes.length && parts.wanted(); at += piece) {
                int end = Math.min(at + piece, bytes.length);
                ByteBuffer chunk = ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, end));
                parser.parse(Content.Chunk.from(chunk, end == bytes.length));
            }
            return parts.wanted() ? parts.whole() : parts.refusal();
        }
    }

    private void discarded(FormBody form) {
        if (form instanceof FormBody.Whole whole) {
            whole.files().values().forEach(file -> {
                assertThat(file.size()).isBetween(0L, (long) LIMIT);
                assertThat(file.path()).hasSize(file.size());
                assertThat(file.name()).doesNotContain("/", "\\");
            });
            whole.discard();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @FuzzTest
    void bytes(FuzzedDataProvider data) throws IOException {
        folder = Files.createTempDirectory("forms");
        int piece = data.consumeInt(1, 100);
        discarded(read("b", data.consumeRemainingAsBytes(), piece));
        Files.delete(folder);
    }

    /** The same without a fuzzer: a good form with bytes changed, left out and doubled. */
    @Test
    void damagedFormsAreFormsOrRefused() {
        byte[] good = good("b");
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            byte[] bad = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bad = damaged(bad, random);
            }
            discarded(read("b", bad, 1 + random.nextInt(60)));
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(1 + random.nextInt(40), bytes.length - at);
        byte[] bad = switch (random.nextInt(4)) {
            case 0 -> bytes.clone();
            case 1 -> Arrays.copyOf(bytes, at + 1);
            case 2 -> new byte[bytes.length - length + 1];
            default -> new byte[bytes.length + length];
        };
        if (bad.length == bytes.length - length + 1) {
            System.arraycopy(bytes, 0, bad, 0, at);
            System.arraycopy(bytes, at + length - 1, bad, at, bytes.length - at - length + 1);
        } else if (bad.length == bytes.length + length) {
            System.arraycopy(bytes, 0, bad, 0, at);
            System.arraycopy(bytes, at, bad, at + length, bytes.length - at);
        }
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        return bad;
    }

    private static byte[] good(String boundary) {
        return new TestForm(boundary)
                .text("groupId", "120363000000000001@g.us")
                .file("file", "/home/anna/picture.jpg", "not really a picture".getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    @Test
    void aFormReadsTheSameInPiecesOfAnySize() throws IOException {
        byte[] bytes = good("----WebKitFormBoundaryx");
        byte[] identity = {};
        for (int piece = 1; piece <= bytes.length; piece++) {
            FormBody.Whole form = (FormBody.Whole) read("----WebKitFormBoundaryx", bytes, piece);
            assertThat(form.fields().toString()).isEqualTo("{\"groupId\":\"120363000000000001@g.us\",\"file\":20}");
            UploadedFile file = Objects.requireNonNull(form.files().get("file"));
            assertThat(file.name()).isEqualTo("picture.jpg");
            assertThat(file.type()).isEqualTo("image/jpeg");
            assertThat(file.path()).hasContent("not really a picture");
            assertThat(Files.isReadable(file.path())).isTrue();
            assertThat(piece == 1 ? form.identity() : identity).isEqualTo(form.identity());
            identity = form.identity();
            discarded(form);
        }
    }

    /** Clients choose another boundary each time, and some another order. */
    @Test
    void theSameFieldsAreTheSameForm() {
        byte[] file = {1, 2, 3};
        byte[] one = identity("one", new TestForm("one").text("a", "1").file("file", "f", file));
        assertThat(identity("two", new TestForm("two").file("file", "f", file).text("a", "1")))
                .isEqualTo(one);
        assertThat(identity("one", new TestForm("one").text("a", "2").file("file", "f", file)))
                .isNotEqualTo(one);
        assertThat(identity("one", new TestForm("one").text("a", "1").file("file", "f", new byte[] {1, 2})))
                .isNotEqualTo(one);
        assertThat(identity("one", new TestForm("one").text("b", "1").file("file", "f", file)))
                .isNotEqualTo(one);
        assertThat(identity("one", new TestForm("one").text("a", "1").file("file", "g", file)))
                .isNotEqualTo(one);
    }

    private byte[] identity(String boundary, TestForm form) {
        FormBody.Whole whole = (FormBody.Whole) read(boundary, form.bytes(), 7);
        whole.discard();
        return whole.identity();
    }

    @Test
    void whatIsTooLargeIsRefusedWhileItComes() {
        TestForm full = new TestForm("b").file("file", "f", new byte[LIMIT]);
        discarded(read("b", full.bytes(), 64));
        assertThat(read("b", full.bytes(), 64)).isInstanceOf(FormBody.Whole.class);
        TestForm more = new TestForm("b").file("file", "f", new byte[LIMIT + 1]);
        assertThat(read("b", more.bytes(), 64)).isInstanceOf(FormBody.Incomplete.class);
        TestForm texts = new TestForm("b").text("a", "x".repeat(60_000)).text("b", "x".repeat(60_000));
        assertThat(read("b", texts.bytes(), 4096)).isInstanceOf(FormBody.Incomplete.class);
    }

    @Test
    void partsWithoutANameAndTooManyPartsAreRefused() {
        TestForm nameless = new TestForm("b").part("Content-Type: text/plain", new byte[] {'x'});
        assertThat(read("b", nameless.bytes(), 64)).isInstanceOf(FormBody.Refused.class);
        TestForm many = new TestForm("b");
        for (int i = 0; i <= FormBody.MAX_PARTS; i++) {
            many.text("field" + i, "");
        }
        assertThat(read("b", many.bytes(), 64)).isInstanceOf(FormBody.Refused.class);
        TestForm longHeaders = new TestForm("b").part("X: " + "x".repeat(FormBody.MAX_PART_HEADERS), new byte[0]);
        assertThat(read("b", longHeaders.bytes(), 64)).isInstanceOf(FormBody.Refused.class);
    }
}
