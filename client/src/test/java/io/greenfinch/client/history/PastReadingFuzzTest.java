package io.greenfinch.client.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.greenfinch.client.group.Person;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.history.HistoryPart;
import io.greenfinch.protocol.history.HistoryReader;
import io.greenfinch.protocol.history.MalformedHistoryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;

class PastReadingFuzzTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_795_400_000);
    private static final PastReading READING =
            new PastReading(new Person(Optional.of(Jid.pn("15550001001")), Optional.empty()), NOW, Map.of());

    /** Whatever a history tells, what a host gets of it can be stored, and is not of the future. */
    @FuzzTest
    void read(byte[] inflated) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(inflated);
        }
        try (HistoryReader reader = new HistoryReader(new ByteArrayInputStream(compressed.toByteArray()))) {
            for (Optional<HistoryPart> part = reader.next(); part.isPresent(); part = reader.next()) {
                READING.message(part.get()).ifPresent(PastReadingFuzzTest::canBeStored);
                READING.name(part.get()).ifPresent(name -> {
                    assertThat(name.chat().toString()).hasSizeBetween(1, 100);
                    assertThat(name.name()).isNotBlank().hasSizeLessThanOrEqualTo(256);
                });
            }
        } catch (MalformedHistoryException e) {
            assertThat(e.getMessage()).startsWith("a history");
        }
    }

    private static void canBeStored(PastMessage past) {
        assertThat(past.message().id()).hasSizeBetween(1, 100);
        assertThat(past.message().chat().toString()).hasSizeBetween(1, 100);
        assertThat(past.message().sender().toString()).isNotEmpty();
        assertThat(past.message().content()).isPresent();
        assertThat(past.message().at()).isBeforeOrEqualTo(NOW);
    }
}
