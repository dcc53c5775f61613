package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder is a store of files. */
class FileFolderIT implements FileStoreContract {

    @TempDir
    private Path folder;

    private Path kept = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        kept = Files.createDirectory(folder.resolve("kept"));
    }

    @Override
    public FileStore files() {
        return new FileFolder(kept);
    }

    @Override
    public Path outside() {
        return folder;
    }
}
