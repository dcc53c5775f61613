package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A database with all tables and nothing in them, made once for this version: the first start on an empty folder copies it instead of
 * running all migrations, which takes a quarter of that start (ADR 5). Whatever it is, it is looked at as any database that is there.
 */
public final class EmptyDatabase {

    /** Names the file, where there is one. */
    public static final String PROPERTY = "greenfinch.empty.database";

    private EmptyDatabase() {}

    /** Makes one. */
    public static void make(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try (Handle handle = Handle.open(source::getConnection)) {
            new Migrations(source, file).bringUpToDate(false, handle);
        }
    }

    /** Puts a copy in the place of a database that is not there yet; whether there is one to copy. */
    static boolean copyTo(Path file) throws IOException {
        Optional<Path> made =
                Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).filter(Files::isReadable);
        if (made.isEmpty()) {
            return false;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        PrivateFiles.close(fresh);
        Files.copy(made.get(), fresh, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.close(fresh);
        PrivateFiles.sync(fresh);
        // What is left of a log belongs to another file.
        for (String beside : new String[] {"-wal", "-shm"}) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + beside));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.syncFolder(file);
        return true;
    }
}
