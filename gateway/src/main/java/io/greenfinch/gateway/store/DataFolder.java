package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one folder that holds everything a gateway keeps, locked for this process (design §7). */
public final class DataFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);

    /**
     * The folders of this process. The system counts locks by process: whoever opened a lock file once more here, and closed
     * it, would give back the lock of the first.
     */
    private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Object held;
    private final FileChannel lockFile;

    private DataFolder(Path path, Object held, FileChannel lockFile) {
        this.path = path;
        this.held = held;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder when there is none, closes it to other users and locks it until {@link #close}.
     *
     * @throws UnusableDataException when it is in use, or can't be written
     */
    public static DataFolder open(Path folder) {
        return tryOpen(folder)
                .orElseThrow(() -> new UnusableDataException(
                        "The data folder " + folder.toAbsolutePath().normalize() + " is in use by another process."));
    }

    /** The same; empty when it is in use. */
    static Optional<DataFolder> tryOpen(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            PrivateFiles.folder(path);
            Object folderItself = identity(path);
            if (!HELD.add(folderItself)) {
                return Optional.empty(); // another gateway in this very process
            }
            boolean opened = false;
            try {
                Optional<DataFolder> own = lock(path, folderItself);
                opened = own.isPresent();
                return own;
            } finally {
                if (!opened) {
                    HELD.remove(folderItself);
                }
            }
        } catch (IOException e) {
            throw new UnusableDataException(
                    "The data folder " + path + " can't be written: " + FileFailure.words(e) + ".", e);
        }
    }

    /** What is the same for a folder whatever path leads to it. */
    private static Object identity(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath() : key;
    }

    private static Optional<DataFolder> lock(Path path, Object folderItself) throws IOException {
        FileChannel channel = PrivateFiles.open(path.resolve("lock"));
        boolean kept = false;
        try {
            if (channel.tryLock() == null) {
                return Optional.empty();
            }
            closeFiles(path);
            PrivateFiles.folder(path.resolve("files"));
            kept = true;
            return Optional.of(new DataFolder(path, folderItself, channel));
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    /** Files of earlier versions were open to others. */
    private static void closeFiles(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path file : files) {
                PrivateFiles.close(file);
            }
        } catch (FileSystemException e) {
            log.warn("A file of the data folder can't be closed to others: {}", e.toString());
        }
    }

    public Path path() {
        return path;
    }

    /** Where everything in it is. */
    DataFiles files() {
        return new DataFiles(path);
    }

    /**
     * The folder for files that live as long as the request that brings them. What is left in it from a process that was
     * killed is deleted.
     *
     * @throws UnusableDataException when it can't be made or emptied
     */
    public Path uploads() {
        Path uploads = path.resolve("files").resolve("uploads");
        try {
            PrivateFiles.folder(uploads);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(uploads)) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
            return uploads;
        } catch (IOException e) {
            throw new UnusableDataException(
                    "The folder " + uploads + " can't be used: " + FileFailure.words(e) + ".", e);
        }
    }

    /**
     * The folder for files that live on.
     *
     * @throws UnusableDataException when it can't be made
     */
    public FileFolder kept() {
        Path kept = path.resolve("files").resolve("kept");
        try {
            PrivateFiles.folder(kept);
            return new FileFolder(kept);
        } catch (IOException e) {
            throw new UnusableDataException("The folder " + kept + " can't be used: " + FileFailure.words(e) + ".", e);
        }
    }

    /**
     * A small secret that is made once and then kept in a file of its own, for its owner's eyes only.
     *
     * @throws UnusableDataException when it can't be read or written
     */
    public String secretFile(String name, Supplier<String> fresh) {
        Path file = path.resolve(name);
        try {
            if (!Files.exists(file)) {
                PrivateFiles.create(file, (fresh.get() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UnusableDataException("The file " + file + " can't be used: " + FileFailure.words(e) + ".", e);
        }
    }

    /**
     * Tells something about the process that has the folder, in a file for its owner's eyes, until it is closed.
     *
     * @throws UnusableDataException when it can't be written
     */
    public AutoCloseable tell(String name, String text) {
        Path file = path.resolve(name);
        try {
            PrivateFiles.replaceForNow(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
            return () -> Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UnusableDataException("The file " + file + " can't be written: " + FileFailure.words(e) + ".", e);
        }
    }

    /** Gives the folder free. Closing twice is closing once. */
    @Override
    public void close() {
        if (!lockFile.isOpen()) {
            return;
        }
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UnusableDataException(
                    "The lock of " + path + " could not be given back: " + FileFailure.words(e) + ".", e);
        } finally {
            HELD.remove(held);
        }
    }
}
