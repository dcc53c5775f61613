package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that can't grow any further: SQLite's own limit stands for the disk's. */
class FullDiskIT {

    private static final Instant NOW = Instant.parse("2026-11-26T10:20:30Z");

    @TempDir
    private Path data;

    @Test
    void whatDoesNotFitIsRefusedAndWhatIsThereStays() {
        List<StoredInstance> before;
        try (OpenData open = OpenData.at(data)) {
            InstanceTable table = new InstanceTable(open.database(), open.vault());
            table.add("first", "token", "{}", NOW);
            allow(open, "1");

            assertThatThrownBy(() -> table.add("large", "token", "x".repeat(1_000_000), NOW))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("full");
            assertThat(table.all()).extracting(StoredInstance::name).containsExactly("first");
            assertThat(open.database().healthy()).isTrue();

            allow(open, "1073741823");
            table.add("second", "token", "x".repeat(1_000_000), NOW);
            before = table.all();
        }
        try (OpenData open = OpenData.at(data)) {
            assertThat(new InstanceTable(open.database(), open.vault()).all())
                    .usingRecursiveComparison()
                    .isEqualTo(before);
            assertThat(before).extracting(StoredInstance::name).containsExactly("first", "second");
        }
    }

    /** The limit is one of the writer's connection; less than there is means no more than there is. */
    private static void allow(OpenData open, String pages) {
        open.database()
                .writeNow(handle -> handle.createQuery("PRAGMA max_page_count = " + pages)
                        .mapTo(long.class)
                        .one());
    }
}
