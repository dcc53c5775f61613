package io.greenfinch.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native code, which the driver otherwise unpacks anew into the temporary folder at each start, where a process that
 * is killed leaves it behind. With {@code -Dorg.sqlite.lib.path} the driver takes it from where it was unpacked to.
 */
public final class SqliteLibrary {

    private SqliteLibrary() {}

    /**
     * Loads it, as the first connection would.
     *
     * @throws IOException when it can't be loaded
     */
    public static void load() throws IOException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // as it declares
            throw new IOException("the library of SQLite can't be loaded", e);
        }
    }

    /**
     * Unpacks it for this machine.
     *
     * @throws IOException when the driver brings none for this machine, or the folder can't be written
     */
    public static void unpackTo(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the driver of SQLite has no " + resource);
            }
            Files.createDirectories(folder);
            Files.copy(in, folder.resolve(name));
        }
    }
}
