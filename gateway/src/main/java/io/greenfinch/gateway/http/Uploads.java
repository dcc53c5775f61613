package io.greenfinch.gateway.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where files of requests are while those are under way, and how many requests may bring some at a time. Thread-safe. */
public final class Uploads {

    /** So many of them, and no more, may be one caller's. */
    private static final int OF_ONE = 8;

    private final Path folder;
    private final Semaphore places;
    private final Map<Long, Integer> own = new HashMap<>();

    /**
     * Uploads into a folder of their own.
     *
     * @param places how many requests may bring files at the same time
     */
    public Uploads(Path folder, int places) {
        this.folder = folder;
        this.places = new Semaphore(places, true);
    }

    /** Waits for a place; false when there was none in time, or this caller has enough. */
    public boolean enter(long caller, Duration patience) {
        if (!count(caller)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = places.tryAcquire(Math.max(patience.toMillis(), 0), TimeUnit.MILLISECONDS);
            return entered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (!entered) {
                discount(caller);
            }
        }
    }

    private synchronized boolean count(long caller) {
        return own.getOrDefault(caller, 0) < OF_ONE && own.merge(caller, 1, Integer::sum) > 0;
    }

    private synchronized void discount(long caller) {
        own.computeIfPresent(caller, (same, before) -> before > 1 ? before - 1 : null);
    }

    /** Gives the place back. */
    public void leave(long caller) {
        places.release();
        discount(caller);
    }

    /** An empty file that only its owner may read. */
    public Path freshFile() throws IOException {
        return Files.createTempFile(folder, "upload-", "");
    }
}
