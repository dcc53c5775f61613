package io.greenfinch.interop.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.AppProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./greenfinch serve} with data that it can't use: one sentence, exit code 1, and nothing is lost (design §7). */
class RefusedStartIT {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void haveData() {
        data = folder.resolve("data");
        startsAndStops();
    }

    @Test
    void anotherMasterKey() throws IOException {
        Path key = data.resolve("master.key");
        String own = Files.readString(key);
        Files.writeString(key, "07".repeat(32) + "\n");
        refused(data, "The master key is not the one this database was written with.");
        Files.delete(key);
        refused(data, "without it the database in the same folder can't be opened");

        Files.writeString(key, own);
        startsAndStops();
    }

    @Test
    void aDamagedDatabase() throws IOException {
        Path database = data.resolve("greenfinch.db");
        byte[] whole = Files.readAllBytes(database);
        byte[] damaged = "no database ".repeat(1000).getBytes(UTF_8);
        Files.write(database, damaged);
        refused(data, database + " can't be used: ");
        assertThat(database).hasBinaryContent(damaged);

        Files.write(database, whole);
        startsAndStops();
    }

    /** Permissions do not stop everybody; a folder in which nobody may make files does. */
    @Test
    void aFolderThatTakesNoFiles() {
        refused(Path.of("/proc/self/greenfinch"), "can't be written: ");
    }

    private void startsAndStops() {
        try (AppProcess app = serve(data)) {
            app.awaitReady();
            assertThat(app.stop()).isZero();
        }
    }

    private static void refused(Path data, String sentence) {
        try (AppProcess app = serve(data)) {
            assertThat(app.awaitExit(AppProcess.START)).isEqualTo(1);
            assertThat(app.errors().lines()).singleElement().asString().contains(sentence);
            assertThat(app.lines()).doesNotContain("ready");
        }
    }

    private static AppProcess serve(Path data) {
        return AppProcess.run(List.of("serve", "--data", data.toString(), "--listen", "127.0.0.1:0"), Map.of());
    }
}
