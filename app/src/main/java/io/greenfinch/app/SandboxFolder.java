package io.greenfinch.app;

import io.greenfinch.app.cli.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's data folder. It is wiped at each start, and only ever if a sandbox marked it: a folder with anything
 * else in it is refused.
 */
final class SandboxFolder {

    private static final String MARK = ".greenfinch-sandbox";

    private SandboxFolder() {}

    /** True when a sandbox made this folder. */
    static boolean marked(Path folder) {
        return Files.exists(folder.resolve(MARK));
    }

    /**
     * Makes the folder ready: empty, or as it was when {@code keep}.
     *
     * @return true when there is something in it to go on with
     * @throws RefusedException when the folder holds something that no sandbox put there
     */
    static boolean prepare(Path folder, boolean keep) {
        try {
            if (Files.isDirectory(folder) && !marked(folder) && !isEmpty(folder)) {
                throw new RefusedException("The folder " + folder
                        + " is not empty and was not made by a sandbox; choose another with --data.");
            }
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new RefusedException(folder + " is a file, not a folder; choose another with --data.");
            }
            boolean goOn = keep && marked(folder);
            if (!goOn) {
                refuseIfInUse(folder);
                wipe(folder);
            }
            Files.createDirectories(folder);
            Path mark = folder.resolve(MARK);
            Files.writeString(mark, "Made by ./greenfinch sandbox, which may wipe this folder.\n");
            Files.setPosixFilePermissions(mark, PosixFilePermissions.fromString("rw-------"));
            return goOn;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " can't be used", e);
        }
    }

    /** The gateway holds this lock while it runs; wiping under a running one would be no fresh start for either. */
    private static void refuseIfInUse(Path folder) throws IOException {
        Path lock = folder.resolve("lock");
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                throw new RefusedException("The folder " + folder + " is in use by another process.");
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void wipe(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!visited.equals(folder)) {
                    Files.delete(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
