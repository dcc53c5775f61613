package io.greenfinch.app.rehearsal;

import ch.qos.logback.classic.Level;
import io.greenfinch.app.cli.LogProvider;
import io.greenfinch.app.cli.Logs;
import io.greenfinch.gateway.store.EmptyDatabase;
import io.greenfinch.gateway.store.SqliteLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What starts find made: the library that the driver of the database would otherwise unpack at each, and an empty database to begin with. A
 * process of its own, since no start needs the classes that make them, and whatever the rehearsal loads each start will load.
 */
public final class Provisions {

    private static final long DEADLINE_SECONDS = 60;

    private Provisions() {}

    /** Makes them in a folder, in this process. */
    public static void main(String[] arguments) throws IOException {
        LogProvider.choose();
        Logs.configure(Level.WARN, Logs.Format.text);
        Path folder = Path.of(arguments[0]);
        SqliteLibrary.unpackTo(library(folder));
        EmptyDatabase.make(database(folder));
    }

    /** Makes them in a folder, in another process; blocks. */
    static void make(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Provisions.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("the library and the database to begin with could not be made");
        }
    }

    /** Where the library is. */
    static Path library(Path folder) {
        return folder.resolve("native");
    }

    /** Where the database is. */
    static Path database(Path folder) {
        return folder.resolve("empty.db");
    }
}
