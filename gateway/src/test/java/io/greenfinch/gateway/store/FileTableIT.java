package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.store.FileTable.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The files under links, on both databases. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class FileTableIT {

    private static final long ID = 1_101_000_001L;

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private TestDatabase test;

    FileTableIT(TestDatabase.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        test = TestDatabase.of(kind, data);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private FileTable files() {
        return new FileTable(test.database(), test.vault(), clock, FileTable.STANDARD_LIFE);
    }

    private void add(String id, long instance, Optional<Long> size) {
        byte[] description = ("about " + id).getBytes(StandardCharsets.UTF_8);
        files().store(files().add(new Entry(id, instance, description, size, clock.instant())), Optional.empty());
    }

    @Test
    void aFileIsFoundUnderItsInstance() {
        add("a", ID, Optional.of(70_000L));
        add("b", ID, Optional.empty());
        test.reopen();
        Entry found = files().find(ID, "a").orElseThrow();
        assertThat(new String(found.description(), StandardCharsets.UTF_8)).isEqualTo("about a");
        assertThat(found.size()).hasValue(70_000L);
        assertThat(files().find(ID + 1, "a")).isEmpty();
        assertThat(files().find(ID, "b").orElseThrow().size()).isEmpty();
        assertThat(files().arrived("b", 10)).isTrue();
        assertThat(files().arrived("c", 10)).isFalse();
        assertThat(files().find(ID, "b").orElseThrow().size()).hasValue(10L);
        assertThat(files().weight()).isEqualTo(70_000 + FileTable.weight(10));
        assertThat(files().unknown(List.of("a", "c"))).containsExactly("c");
        assertThat(found).hasToString("Entry[a]");
    }

    @Test
    void linksEndAfterTheirTimeOrWithTheirInstance() {
        add("a", ID, Optional.of(1L));
        add("b", ID + 1, Optional.of(1L));
        clock.advance(Duration.ofDays(14));
        add("c", ID, Optional.of(1L));
        files().renew("b");
        clock.advance(Duration.ofDays(1));
        assertThat(files().find(ID, "a")).isEmpty();
        assertThat(files().find(ID + 1, "b")).isPresent();
        assertThat(files().find(ID, "c")).isPresent();
        assertThat(files().sweep(10)).isEqualTo(1);
        assertThat(files().sweep(10)).isZero();
        test.database().writeNow(files().ending(ID).work());
        assertThat(files().find(ID, "c")).isEmpty();
        assertThat(files().find(ID + 1, "b")).isPresent();
    }
}
