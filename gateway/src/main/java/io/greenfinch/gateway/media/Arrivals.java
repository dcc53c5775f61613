package io.greenfinch.gateway.media;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.gateway.file.FileDescription;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.http.Uploads;
import io.greenfinch.gateway.store.FileFailure;
import io.greenfinch.gateway.store.FileServiceException;
import io.greenfinch.protocol.media.MediaDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on their way from WhatsApp, each fetched once for all who ask for it, and for as long as it takes: who does not wait for so
 * long finds it here the next time. Thread-safe; blocks.
 *
 * @param places how many may be under way at a time
 */
record Arrivals(
        MediaFetch fetch,
        Uploads places,
        Keeper keeper,
        Clock clock,
        Map<String, CompletableFuture<Arrival>> underWay) {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Arrival NOT_YET = new Arrival.Missing(new Outcome.Unknown<>(Silence.UNKNOWN));

    /** Keeps what has come. */
    interface Keeper {

        /** Whether there is room at all. */
        boolean hasRoom();

        Arrival arrived(FileLink link, FileDescription description, Path file, long size) throws IOException;
    }

    Arrivals(MediaFetch fetch, Uploads places, Keeper keeper, Clock clock) {
        this(fetch, places, keeper, clock, new ConcurrentHashMap<>());
    }

    /** Waits until a file is here, or can't be, until the deadline at most. */
    Arrival await(FileLink link, FileDescription description, FileDescription.Source source, Instant deadline) {
        CompletableFuture<Arrival> mine = new CompletableFuture<>();
        CompletableFuture<Arrival> other = underWay.putIfAbsent(link.id(), mine);
        if (other == null) {
            Thread.ofVirtual().name("arrival-" + link.instance()).start(() -> run(link, description, source, mine));
        }
        try {
            Duration patience = Duration.between(clock.instant(), deadline);
            return (other == null ? mine : other).get(Math.max(patience.toMillis(), 0), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return NOT_YET;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOT_YET;
        }
    }

    private void run(
            FileLink link,
            FileDescription description,
            FileDescription.Source source,
            CompletableFuture<Arrival> arrival) {
        Arrival found = NOT_YET;
        try {
            found = keeper.hasRoom() ? fetched(link, description, source) : new Arrival.NoRoom();
        } catch (IOException e) {
            log.error("A file of instance {} can't be kept: {}", link.instance(), FileFailure.withoutPath(e));
            found = e instanceof FileServiceException ? new Arrival.Away() : new Arrival.NoRoom();
        } catch (StoreException e) {
            log.warn("A file of instance {} can't be fetched: {}", link.instance(), e.getMessage());
        } finally {
            underWay.remove(link.id());
            arrival.complete(found);
        }
    }

    private Arrival fetched(FileLink link, FileDescription description, FileDescription.Source source)
            throws IOException {
        if (!places.enter(link.instance(), LONGEST)) {
            return NOT_YET;
        }
        try {
            Path file = places.freshFile();
            try {
                Outcome<MediaDigest> outcome = fetch.fetch(
                        link.instance(), source, file, clock.instant().plus(LONGEST));
                return outcome instanceof Outcome.Done<MediaDigest>(MediaDigest digest)
                        ? keeper.arrived(link, description, file, digest.length())
                        : new Arrival.Missing(outcome);
            } finally {
                Files.deleteIfExists(file);
            }
        } finally {
            places.leave(link.instance());
        }
    }
}
