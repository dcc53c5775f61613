package io.greenfinch.app.doctor;

import io.greenfinch.app.cli.Failure;
import io.greenfinch.gateway.store.DatabaseCheck;
import io.greenfinch.gateway.store.DatabaseCheck.Found;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.UnusableDataException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Looks at the data folder and the disk that it is on; changes nothing. */
record DataLook(Path folder, Optional<MasterKey> key) {

    private static final long MIB = 1024 * 1024;
    private static final long LITTLE = 1024 * MIB;
    private static final long TOO_LITTLE = 100 * MIB;

    /** SQLite's log needs memory that all processes of one machine share. */
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p");

    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    List<Finding> look() {
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.warning(
                    "data folder",
                    "there is no folder " + folder + " yet",
                    "the command serve makes it; name another with --data"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(rights());
        findings.add(database());
        findings.add(disk());
        return findings;
    }

    private Finding rights() {
        String about = "data folder";
        if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
            return Finding.failed(
                    about, folder + " can't be read and written", "run this as the user that the gateway runs as");
        }
        Path masterKey = folder.resolve("master.key");
        try {
            for (Path path : List.of(folder, masterKey)) {
                if (Files.exists(path) && isOpenToOthers(path)) {
                    return Finding.failed(
                            about,
                            path + " is open to other users",
                            "chmod " + (path.equals(folder) ? "700 " : "600 ") + path);
                }
            }
        } catch (IOException e) {
            return Finding.failed(about, Failure.words(e), "look at the folder's owner and rights");
        }
        return Finding.ok(about, folder + " belongs to this user alone");
    }

    private static boolean isOpenToOthers(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !Collections.disjoint(Files.getPosixFilePermissions(path), OTHERS);
    }

    private Finding database() {
        String about = "database";
        try {
            Optional<Found> found = DatabaseCheck.run(folder, key);
            return found.map(known -> Finding.ok(
                            about,
                            "whole, " + megabytes(known.bytes()) + ", schema " + known.schema()
                                    + ", opens with the master key"))
                    .orElseGet(() -> Finding.ok(about, "there is none yet"));
        } catch (UnusableDataException e) {
            return Finding.failed(
                    about,
                    Failure.sentence(e).replaceFirst("\\.$", ""),
                    "restore a backup (docs/backup.md), or put the right master.key into the folder");
        }
    }

    private Finding disk() {
        String about = "disk";
        try {
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace();
            String found = megabytes(free) + " free on " + store.name() + " (" + store.type() + ")";
            if (REMOTE.contains(store.type().toLowerCase(Locale.ROOT))) {
                return Finding.failed(
                        about, found + ", which is on another machine", "put the data folder on a local disk");
            }
            if (free < TOO_LITTLE) {
                return Finding.failed(about, found, "make room: without it nothing can be stored, and calls fail");
            }
            return free < LITTLE
                    ? Finding.warning(about, found, "make room before it is full")
                    : Finding.ok(about, found);
        } catch (IOException e) {
            return Finding.failed(about, Failure.words(e), "look at the disk");
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
    }
}
