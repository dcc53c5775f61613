package io.greenfinch.simulator.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of a snapshot, which only its owner may read. It is replaced as a whole: whenever the process ends, there is either the old one
 * or the new one. Not thread-safe.
 */
public final class SnapshotFile {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path path;

    public SnapshotFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /**
     * Reads the file; empty when there is none.
     *
     * @throws SnapshotException when it is something else, or of a newer version
     */
    public Optional<Snapshot> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            JsonNode saved = MAPPER.readTree(Files.readAllBytes(path));
            int version = saved.path("version").asInt(0);
            if (version > Snapshot.VERSION) {
                throw new SnapshotException(path + " is a snapshot of version " + version
                        + ", this simulator reads versions up to " + Snapshot.VERSION);
            }
            SnapshotUpgrade.apply(saved);
            return Optional.of(MAPPER.treeToValue(saved, Snapshot.class));
        } catch (JacksonException e) {
            throw new SnapshotException(path + " is not a snapshot of a simulator", e);
        } catch (IOException e) {
            throw new SnapshotException("The snapshot " + path + " can't be read", e);
        }
    }

    /**
     * Writes the file.
     *
     * @throws SnapshotException when that does not work; the old file, if any, is still there
     */
    void write(Snapshot snapshot) {
        Path parent = path.getParent();
        Path temporary = path.resolveSibling(path.getFileName() + ".new");
        try {
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.deleteIfExists(temporary);
            try (FileChannel channel = FileChannel.open(
                            temporary,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    OutputStream out = Channels.newOutputStream(channel)) {
                out.write(MAPPER.writeValueAsBytes(snapshot));
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SnapshotException("The snapshot " + path + " can't be written", e);
        }
    }
}
