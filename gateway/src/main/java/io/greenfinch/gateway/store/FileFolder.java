package io.greenfinch.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** Files in a folder, each under its id, for their owner's eyes only. Thread-safe. */
public final class FileFolder implements FileStore {

    private final Path folder;

    /** @param folder on the same disk as what is put in, so that moving is all or nothing */
    FileFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void put(String id, Path file) throws IOException {
        PrivateFiles.sync(file); // what is promised under a link is there after a power cut
        Path kept = folder.resolve(id);
        Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncFolder(kept);
    }

    @Override
    public Optional<InputStream> open(String id, long from) throws IOException {
        try {
            FileChannel content = FileChannel.open(folder.resolve(id), StandardOpenOption.READ);
            return Optional.of(Channels.newInputStream(content.position(from)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean holds(String id) {
        return Files.exists(folder.resolve(id));
    }

    @Override
    public void delete(String id) throws IOException {
        Files.deleteIfExists(folder.resolve(id));
    }

    @Override
    public void visit(Consumer<Kept> visitor) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                try {
                    visitor.accept(new Kept(
                            file.getFileName().toString(),
                            Files.getLastModifiedTime(file).toInstant()));
                } catch (NoSuchFileException e) {
                    // It was deleted meanwhile, as it may be.
                }
            }
        }
    }
}
