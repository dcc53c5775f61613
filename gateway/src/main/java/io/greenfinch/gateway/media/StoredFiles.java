package io.greenfinch.gateway.media;

import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.file.FileDescription;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.http.Uploads;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.store.FileFailure;
import io.greenfinch.gateway.store.FileStore;
import io.greenfinch.gateway.store.FileTable;
import io.greenfinch.gateway.store.FileTable.Entry;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.work.Rounds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files under our links: kept when callers bring them, fetched from WhatsApp when somebody first follows the link of a message's
 * file, both for so long as links live and for as much room as there is. Thread-safe; blocks.
 */
public final class StoredFiles implements AutoCloseable, Arrivals.Keeper {

    private static final Logger log = LoggerFactory.getLogger(StoredFiles.class);

    /** What is kept and in no table was left by a process that was killed in between; younger than that it may be about to be. */
    private static final Duration ORPHAN = Duration.ofHours(1);

    /** Minutes between two looks for such. */
    private static final int ORPHANS_EVERY = 60;

    private static final int SOME = 500;

    private final FileLinks links;
    private final FileTable table;
    private final FileStore store;
    private final Uploads places;
    private final long room;
    private final Arrivals arrivals;
    private final Rounds rounds;
    private final AtomicLong used = new AtomicLong();
    private int round;

    /**
     * Nothing is tidied up before {@link #start}.
     *
     * @param places where files lie that callers bring, and how many may be under way
     * @param arriving the same for what comes from WhatsApp
     * @param room bytes that all files together may take
     */
    public StoredFiles(
            FileLinks links,
            FileStore store,
            Uploads places,
            Uploads arriving,
            long room,
            Instances instances,
            MessageTable messages,
            Timers timers,
            Clock clock) {
        this.links = links;
        this.table = links.table();
        this.store = store;
        this.places = places;
        this.room = room;
        this.arrivals = new Arrivals(new MediaFetch(instances, messages), arriving, this, clock);
        this.rounds = new Rounds("files", this::sweep, timers, clock);
    }

    /** Tidies up from now on; blocks until it is known what room there is. */
    public void start() {
        used.set(table.weight());
        rounds.start();
    }

    /**
     * A file that is kept.
     *
     * @param path of its link
     * @param size in bytes
     * @param row makes the link lead there
     */
    public record Kept(FileLink link, String path, long size, Row row) {}

    /**
     * Keeps a file that a caller brings; it is forgotten soon unless the row is stored.
     *
     * @param file is moved away
     * @return empty when there is no room
     * @throws IOException when it can't be kept
     */
    public Optional<Kept> keep(long instance, Path file, String name, String type) throws IOException {
        long size = Files.size(file);
        if (!take(size)) {
            return Optional.empty();
        }
        FileLink link = links.fresh(instance);
        try {
            store.put(link.id(), file);
        } catch (IOException e) {
            giveBack(size);
            throw e;
        }
        FileDescription description = new FileDescription(name, type, Optional.empty());
        Row row = table.add(new Entry(
                link.id(),
                instance,
                description.bytes(),
                Optional.of(size),
                table.clock().instant()));
        return Optional.of(new Kept(link, link.path(name), size, row));
    }

    /** A file that is kept has its link from now on, stored together with another row; blocks. */
    void store(Kept kept, Optional<Row> with) {
        table.store(kept.row, with);
    }

    /** A file that was to be kept is not. */
    public void drop(Kept kept) {
        giveBack(kept.size);
        delete(kept.link);
    }

    private void delete(FileLink link) {
        try {
            store.delete(link.id());
        } catch (IOException e) {
            log.warn(
                    "A file that nobody needs could not be deleted; a later round does it: {}",
                    FileFailure.withoutPath(e));
        }
    }

    private boolean take(long size) {
        long weight = FileTable.weight(size);
        if (used.addAndGet(weight) > room) {
            used.addAndGet(-weight);
            return false;
        }
        return true;
    }

    private void giveBack(long size) {
        used.addAndGet(-FileTable.weight(size));
    }

    /** Where files lie while they come, and how many may. */
    public Uploads places() {
        return places;
    }

    /** The whole address of a link. */
    public String address(String path) {
        return links.address(path);
    }

    /** The link behind an address that is one of ours. */
    public Optional<FileLink> ours(String address) {
        return links.ours(address);
    }

    /** A link lives as long as a new one from now on; blocks. */
    public void renew(FileLink link) {
        table.renew(link.id());
    }

    /** Stores something that leads to a link; blocks. */
    void store(Row row) {
        table.store(row, Optional.empty());
    }

    /** What links are made with. */
    FileLinks links() {
        return links;
    }

    /** Sees that a file is here, and fetches it if need be. */
    public Arrival find(FileLink link, Instant deadline) {
        Optional<Entry> entry = table.find(link.instance(), link.id());
        if (entry.isEmpty()) {
            return new Arrival.Nowhere();
        }
        FileDescription description = FileDescription.of(entry.get().description());
        Optional<Long> size = entry.get().size();
        try {
            // A restored database knows of files that are not there any more.
            if (size.isPresent() && store.holds(link.id())) {
                return new Arrival.Here(description, size.get());
            }
        } catch (IOException e) {
            log.warn("It is not known whether a file is there: {}", FileFailure.withoutPath(e));
            return new Arrival.Away();
        }
        return description
                .message()
                .map(source -> arrivals.await(link, description, source, deadline))
                .orElseGet(Arrival.Nowhere::new);
    }

    @Override
    public boolean hasRoom() {
        return used.get() < room;
    }

    @Override
    public Arrival arrived(FileLink link, FileDescription description, Path file, long size) throws IOException {
        if (!take(size)) {
            return new Arrival.NoRoom();
        }
        boolean known = false;
        try {
            store.put(link.id(), file);
            known = table.arrived(link.id(), size);
        } finally {
            if (!known) {
                giveBack(size);
            }
        }
        if (!known) {
            delete(link);
            return new Arrival.Nowhere();
        }
        return new Arrival.Here(description, size);
    }

    /**
     * The bytes of a file that is here, from one of them on.
     *
     * @throws IOException when they can't be read, or are here no more
     */
    public InputStream open(FileLink link, long from) throws IOException {
        return store.open(link.id(), from).orElseThrow(() -> new IOException("a file is here no more"));
    }

    /** Links that have had their time lead nowhere, and what no link leads to goes. */
    private void sweep() {
        rounds.all(table::sweep);
        if (round++ % ORPHANS_EVERY == 0) {
            try {
                dropOrphans();
            } catch (IOException e) {
                log.warn(
                        "Files that nobody can reach could not be deleted; a later round does it: {}",
                        FileFailure.withoutPath(e));
            }
        }
        used.set(table.weight());
    }

    private void dropOrphans() throws IOException {
        Instant young = table.clock().instant().minus(ORPHAN);
        List<String> old = new ArrayList<>();
        List<String> orphans = new ArrayList<>();
        store.visit(kept -> {
            if (kept.since().isBefore(young)) {
                old.add(kept.id());
            }
            if (old.size() == SOME) {
                orphans.addAll(table.unknown(old));
                old.clear();
            }
        });
        orphans.addAll(table.unknown(old));
        for (String id : orphans) {
            store.delete(id);
        }
    }

    /** Begins nothing more. */
    @Override
    public void close() {
        rounds.close();
    }
}
