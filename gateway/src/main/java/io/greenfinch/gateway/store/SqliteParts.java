package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The files of a SQLite database that has a write-ahead log. */
record SqliteParts(Path file) {

    /** What is not in the file itself yet; there while it is open, or after a kill. */
    Path log() {
        return beside("-wal");
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Keeps a damaged file for somebody to look at, out of the way; what lies beside it is of no use without it. */
    void putAside() throws IOException {
        Files.move(file, beside(".damaged"), StandardCopyOption.REPLACE_EXISTING);
        for (Path part : List.of(log(), beside("-shm"))) {
            Files.deleteIfExists(part);
        }
    }
}
