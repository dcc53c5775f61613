package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/**
 * The last number that an instance was given, kept in a file beside the master key as well: no number is given twice, even
 * when the database is lost or an old one is put in its place. Thread-safe.
 */
public final class InstanceNumbers {

    private static final String SEQUENCE = "instance";

    private final DataFolder folder;

    public InstanceNumbers(DataFolder folder) {
        this.folder = folder;
    }

    /** The last number by the file; 0 when there is none. */
    long last() throws IOException {
        try {
            return Long.parseLong(
                    Files.readString(folder.files().lastInstance()).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            throw new UnusableDataException("The file " + folder.files().lastInstance()
                    + " is damaged: it must hold the highest number that an instance was given, and nothing else.");
        }
    }

    /**
     * This number was given; durable when this returns.
     *
     * @throws StoreException when that can't be written
     */
    public synchronized void raise(long number) {
        try {
            if (number > last()) {
                PrivateFiles.replace(
                        folder.files().lastInstance(), (number + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new StoreException("the number of an instance can't be written beside the database: " + e, e);
        }
    }

    /** The last number by the database; 0 when there was none. */
    static long given(Handle handle) {
        return handle.first("SELECT value FROM sequence WHERE name = ?", RowReader.NUMBER, SEQUENCE)
                .orElse(0L);
    }

    /** From now on the database gives numbers above this one only. */
    static void giveAbove(Handle handle, long number) {
        if (number > given(handle)) {
            handle.execute("DELETE FROM sequence WHERE name = ?", SEQUENCE);
            handle.execute("INSERT INTO sequence (name, value) VALUES (?, ?)", SEQUENCE, number);
        }
    }
}
