package io.greenfinch.protocol.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;

class HistoryFuzzTest {

    /** Whatever is compressed, a reader ends, and without messages it tells the same but for these. */
    @FuzzTest
    void inflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(bytes);
        }
        List<HistoryPart> all = parts(new HistoryReader(new ByteArrayInputStream(compressed.toByteArray())));
        List<HistoryPart> others =
                parts(HistoryReader.withoutMessages(new ByteArrayInputStream(compressed.toByteArray())));
        assertThat(others)
                .isEqualTo(all.stream()
                        .filter(part ->
                                !(part instanceof HistoryPart.Told) && !(part instanceof HistoryPart.Unreadable))
                        .toList());
    }

    /** Whatever comes, a reader ends. */
    @FuzzTest
    void compressed(byte[] bytes) throws IOException {
        assertThat(parts(new HistoryReader(new ByteArrayInputStream(bytes)))).hasSizeLessThan(100_000);
    }

    private static List<HistoryPart> parts(HistoryReader opened) throws IOException {
        List<HistoryPart> parts = new ArrayList<>();
        try (HistoryReader reader = opened) {
            for (Optional<HistoryPart> part = reader.next(); part.isPresent(); part = reader.next()) {
                parts.add(part.get());
            }
        } catch (MalformedHistoryException _) {
            return parts; // up to there
        }
        return parts;
    }
}
