package io.greenfinch.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the bytes of files are. Implementations are thread-safe; all methods block, and throw an {@link IOException} for what the
 * disk, or the service, does.
 */
public interface FileStore {

    /** Something that is kept, and since when. */
    record Kept(String id, Instant since) {}

    /**
     * Keeps a file. It is there, as a whole, when this returns. When this throws it is not there, or, where nothing more was heard of
     * a service, as a whole after all.
     *
     * @param id 32 hex digits
     * @param file is moved away, or can be deleted afterwards
     */
    void put(String id, Path file) throws IOException;

    /** The bytes of a file from one of them on; empty when it is not kept. */
    Optional<InputStream> open(String id, long from) throws IOException;

    /** Whether a file is kept. */
    boolean holds(String id) throws IOException;

    /** A file is kept no longer; nothing happens when it is not kept. */
    void delete(String id) throws IOException;

    /** Shows all that is kept, in any order. */
    void visit(Consumer<Kept> visitor) throws IOException;
}
