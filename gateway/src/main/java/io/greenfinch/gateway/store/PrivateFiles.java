package io.greenfinch.gateway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner may read. On file systems without such permissions they are made plainly. */
final class PrivateFiles {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private PrivateFiles() {}

    /** Makes a folder (and those above it) or closes an existing one to others. */
    static void folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (posix(folder)) {
            Files.setPosixFilePermissions(folder, OWNER_FOLDER);
        }
    }

    /**
     * Writes a new file such that it is there completely or not at all, also after a power loss.
     *
     * @throws FileAlreadyExistsException when there is one already
     */
    static void create(Path file, byte[] content) throws IOException {
        Path fresh = fresh(file, content, true);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(file);
    }

    private static Path fresh(Path file, byte[] content, boolean durable) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        createEmpty(fresh);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durable) {
                channel.force(true);
            }
        }
        return fresh;
    }

    /** Opens a file for writing, made when there is none, and closes it to others. */
    static FileChannel open(Path file) throws IOException {
        if (!posix(file)) {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.setPosixFilePermissions(file, OWNER_ONLY);
        return channel;
    }

    /** Writes a file anew such that the old content is there or the new one, also after a power loss. */
    static void replace(Path file, byte[] content) throws IOException {
        Files.move(
                fresh(file, content, true), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(file);
    }

    /** The same for what means nothing after the death of this process, and so need not survive a power loss. */
    static void replaceForNow(Path file, byte[] content) throws IOException {
        Files.move(
                fresh(file, content, false), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Closes a file to others, and makes an empty one when there is none: for somebody who would make it as is usual. */
    static void close(Path file) throws IOException {
        if (Files.notExists(file)) {
            createEmpty(file);
        } else if (posix(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static void createEmpty(Path file) throws IOException {
        if (posix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createFile(file);
        }
    }

    /** Brings a file to the disk. */
    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes a rename in the folder of {@code file} durable, where the platform allows that. */
    static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && posix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
