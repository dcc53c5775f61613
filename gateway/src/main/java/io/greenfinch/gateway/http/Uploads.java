package io.greenfinch.gateway.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where files of requests are while those are under way, and how many requests may bring some at a time. Thread-safe. */
public final class Uploads {

    private final Path folder;
    private final Semaphore places;

    /**
     * Uploads into a folder of their own.
     *
     * @param places how many requests may bring files at the same time
     */
    public Uploads(Path folder, int places) {
        this.folder = folder;
        this.places = new Semaphore(places, true);
    }

    /** Waits for a place; false when there was none in time. */
    boolean enter(Duration patience) {
        try {
            return places.tryAcquire(Math.max(patience.toMillis(), 0), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives the place back. */
    void leave() {
        places.release();
    }

    /** An empty file that only its owner may read. */
    Path freshFile() throws IOException {
        return Files.createTempFile(folder, "upload-", "");
    }
}
