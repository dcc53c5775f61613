package io.greenfinch.interop.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.interop.program.AppProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Test
    void aFileInThePlaceOfTheFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused(file, "The data folder %s can't be written: %s is no folder.".formatted(file, file));
        refused(file.resolve("in"), "can't be written: %s/in: Not a directory.".formatted(file));
    }

    @Test
    void anAddressThatCantBeHad() throws IOException {
        String taken = "another program listens there; choose another port, or 0 for any free one.";
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + other.getLocalPort();
            refused("Can't listen on " + address + ": " + taken, 1, serveAt("--listen", address));
            refused(
                    "Can't listen on " + address + ": " + taken,
                    1,
                    serveAt("--listen", "127.0.0.1:0", "--metrics-listen", address));
            refused(
                    "The simulator can't listen on " + address + ": " + taken,
                    1,
                    List.of("simulator", "--simulator-listen", address));
        }
        refused(
                "Can't listen on 203.0.113.7:8080: that is no address of this machine; 127.0.0.1 is for callers on it,"
                        + " 0.0.0.0 for all of its addresses.",
                1,
                serveAt("--listen", "203.0.113.7:8080"));
        String nobody = "There is no host 'no-such-host.invalid' to listen on.";
        refused(nobody, 2, serveAt("--listen", "no-such-host.invalid:8080"));
        refused(nobody, 2, List.of("simulator", "--simulator-listen", "no-such-host.invalid:8080"));
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

    private static void refused(String sentence, int code, List<String> arguments) {
        try (AppProcess app = AppProcess.run(arguments, Map.of())) {
            assertThat(app.awaitExit(AppProcess.START)).isEqualTo(code);
            assertThat(app.errors().lines()).containsExactly(sentence);
        }
    }

    private List<String> serveAt(String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--data", data.toString()));
        arguments.addAll(List.of(options));
        return arguments;
    }

    private static AppProcess serve(Path data) {
        return AppProcess.run(List.of("serve", "--data", data.toString(), "--listen", "127.0.0.1:0"), Map.of());
    }
}
