package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all {@link FileStore}s promise. */
@Timeout(120)
public interface FileStoreContract {

    String ID = "00112233445566778899aabbccddeeff";
    String OTHER = "ffeeddccbbaa99887766554433221100";

    /** The store of this test: empty at its start, the same object throughout. */
    FileStore files();

    /** A folder on the same disk, for what is to be put in. */
    Path outside();

    @Test
    default void givesBackWhatWasPutIn() throws IOException {
        for (int size : new int[] {0, 1, 3_000_000}) {
            byte[] content = bytes(size);
            files().put(ID, file(content));

            assertThat(files().holds(ID)).isTrue();
            assertThat(read(ID, 0)).isEqualTo(content);
        }
    }

    @Test
    default void givesThePartThatIsWanted() throws IOException {
        byte[] content = bytes(100_000);
        files().put(ID, file(content));

        assertThat(read(ID, 99_990)).isEqualTo(Arrays.copyOfRange(content, 99_990, 100_000));
        assertThat(read(ID, 100_000)).isEmpty();
    }

    @Test
    default void doesNotMindAReaderWhoStops() throws IOException {
        byte[] content = bytes(3_000_000);
        files().put(ID, file(content));
        for (int i = 0; i < 20; i++) {
            try (InputStream stream = files().open(ID, i).orElseThrow()) {
                assertThat(stream.read()).isEqualTo(content[i] & 0xFF);
            }
        }
        assertThat(read(ID, 0)).isEqualTo(content);
    }

    @Test
    default void knowsWhatItHasNot() throws IOException {
        files().put(OTHER, file(bytes(10)));

        assertThat(files().holds(ID)).isFalse();
        assertThat(files().open(ID, 0)).isEmpty();
        assertThat(files().open(ID, 5)).isEmpty();
        assertThatCode(() -> files().delete(ID)).doesNotThrowAnyException();
    }

    @Test
    default void keepsNothingThatWasDeleted() throws IOException {
        files().put(ID, file(bytes(10)));
        files().put(OTHER, file(bytes(20)));
        files().delete(ID);

        assertThat(files().holds(ID)).isFalse();
        assertThat(files().open(ID, 0)).isEmpty();
        assertThat(read(OTHER, 0)).hasSize(20);
    }

    @Test
    default void replacesWhatIsUnderTheSameId() throws IOException {
        files().put(ID, file(bytes(10)));
        files().put(ID, file(bytes(5)));

        assertThat(read(ID, 0)).isEqualTo(bytes(5));
    }

    @Test
    default void showsAllThatItHasAndSinceWhen() throws IOException {
        Instant before = Instant.now();
        List<String> put = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            put.add("0123456789abcdef0123456789abcde" + i);
            files().put(put.get(i), file(bytes(i)));
        }
        List<FileStore.Kept> seen = new ArrayList<>();
        files().visit(seen::add);

        assertThat(seen).extracting(FileStore.Kept::id).containsExactlyInAnyOrderElementsOf(put);
        Duration margin = Duration.ofMinutes(1); // stores count seconds
        assertThat(seen)
                .allSatisfy(kept -> assertThat(kept.since())
                        .isBetween(before.minus(margin), Instant.now().plus(margin)));
    }

    private byte[] read(String id, long from) throws IOException {
        try (InputStream stream = files().open(id, from).orElseThrow()) {
            return stream.readAllBytes();
        }
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(outside(), "new", ""), content);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
