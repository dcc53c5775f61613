package io.greenfinch.gateway.store;

import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves under way, in an append-only file beside the database (ADR 3). A record is one {@code write} and survives the
 * death of the process as soon as that returns; a thread of its own brings it to the disk right after, for the case that
 * the power fails. No record waits for the disk, nor for anybody's commit. All intents are held in memory; the file is
 * only read at start. Thread-safe.
 */
public final class LeaveJournal implements LeaveIntents, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaveJournal.class);
    private static final int MAX_INTENTS = 100_000;
    private static final long COMPACT_ABOVE_BYTES = 4L << 20;
    private static final byte[] LINE_END = {'\n'};

    private record Key(long instance, Jid group) {}

    private record Entry(Intent intent, boolean settled) {}

    private final Path file;
    private final Clock clock;
    private final Thread syncer;
    private final Map<Key, Entry> entries = new HashMap<>();
    // A FileChannel would be closed under everybody when one caller's thread is interrupted.
    private FileOutputStream out;
    private long written;
    private boolean torn;
    private boolean unsynced;
    private boolean closed;

    private LeaveJournal(Path file, Clock clock, FileOutputStream out, Map<Key, Entry> entries) {
        this.file = file;
        this.clock = clock;
        this.out = out;
        this.entries.putAll(entries);
        this.syncer = Thread.ofPlatform().name("leave-journal-sync").daemon().unstarted(this::sync);
    }

    /**
     * Opens the folder's journal, or begins one. What is damaged in it is left out; everything else holds.
     *
     * @throws UnusableDataException when it can't be read or written
     */
    public static LeaveJournal open(DataFolder folder, Clock clock) {
        Path file = folder.leaveJournal();
        try {
            Map<Key, Entry> entries = load(file);
            entries.values().removeIf(entry -> expired(entry.intent(), clock.instant()));
            LeaveJournal journal = new LeaveJournal(file, clock, rewrite(file, entries), entries);
            journal.syncer.start();
            return journal;
        } catch (IOException e) {
            throw new UnusableDataException("The leave journal " + file + " can't be used: " + e + ".", e);
        }
    }

    private static Map<Key, Entry> load(Path file) throws IOException {
        Map<Key, Entry> entries = new HashMap<>();
        if (!Files.exists(file)) {
            return entries;
        }
        int damaged = 0;
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            Optional<LeaveRecord> record = LeaveRecord.parse(line);
            record.ifPresent(known -> apply(known, entries));
            damaged += record.isEmpty() && !line.isEmpty() ? 1 : 0;
        }
        if (damaged > 0) {
            log.warn("Damaged lines in {}: {}; a crash while writing leaves one at the end", file, damaged);
        }
        return entries;
    }

    private static void apply(LeaveRecord record, Map<Key, Entry> entries) {
        switch (record) {
            case LeaveRecord.Opened opened ->
                entries.put(new Key(opened.instance(), opened.intent().group()), new Entry(opened.intent(), false));
            case LeaveRecord.Forgotten forgotten -> entries.remove(new Key(forgotten.instance(), forgotten.group()));
            case LeaveRecord.AllForgotten all -> entries.keySet().removeIf(key -> key.instance == all.instance());
        }
    }

    /** Replaces the file by one that holds just these entries, durably, and returns it open for more. */
    private static FileOutputStream rewrite(Path file, Map<Key, Entry> entries) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileOutputStream out = new FileOutputStream(fresh.toFile(), true);
        try {
            for (Map.Entry<Key, Entry> entry : entries.entrySet()) {
                out.write(new LeaveRecord.Opened(
                                entry.getKey().instance(), entry.getValue().intent())
                        .line());
            }
            out.getFD().sync();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.syncFolder(file);
            return out;
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    @Override
    public synchronized void record(long instance, Intent intent) {
        if (find(instance, intent.group()).isPresent()) {
            return;
        }
        Key key = new Key(instance, intent.group());
        if (entries.size() >= MAX_INTENTS && !entries.containsKey(key)) {
            entries.values().removeIf(entry -> expired(entry.intent(), clock.instant()));
            if (entries.size() >= MAX_INTENTS) {
                throw new StoreException("too many leaves are under way: " + MAX_INTENTS);
            }
        }
        try {
            append(new LeaveRecord.Opened(instance, intent));
        } catch (IOException e) {
            throw new StoreException("a leave could not be recorded: " + e.getMessage(), e);
        }
        entries.put(key, new Entry(intent, false));
    }

    @Override
    public synchronized Optional<Intent> find(long instance, Jid group) {
        return Optional.ofNullable(entries.get(new Key(instance, group)))
                .filter(entry -> !entry.settled())
                .map(Entry::intent)
                .filter(intent -> !expired(intent, clock.instant()));
    }

    private static boolean expired(Intent intent, Instant now) {
        return !now.isBefore(intent.at().plus(KEPT));
    }

    @Override
    public synchronized void settle(long instance, Jid group) {
        mark(instance, group, true);
    }

    @Override
    public synchronized void reopen(long instance, Jid group) {
        mark(instance, group, false);
    }

    /** Only in memory: whatever is settled when the process dies must be open in the next one. */
    private void mark(long instance, Jid group, boolean settled) {
        entries.computeIfPresent(new Key(instance, group), (key, entry) -> new Entry(entry.intent(), settled));
    }

    @Override
    public synchronized void forget(long instance, Jid group) {
        if (entries.remove(new Key(instance, group)) != null) {
            appendOrLog(new LeaveRecord.Forgotten(instance, group));
        }
    }

    @Override
    public synchronized void forgetAll(long instance) {
        if (entries.keySet().removeIf(key -> key.instance == instance)) {
            appendOrLog(new LeaveRecord.AllForgotten(instance));
        }
    }

    /** Forgetting may fail: the worst is a leave that is told twice after a restart. */
    private void appendOrLog(LeaveRecord record) {
        try {
            append(record);
        } catch (IOException e) {
            log.error("The leave journal could not be written: {}", e.toString());
        }
    }

    private void append(LeaveRecord record) throws IOException {
        if (closed) {
            throw new IOException("the journal is closed");
        }
        byte[] line = record.line();
        if (torn) {
            out.write(LINE_END); // ends what an earlier failure left half written
        }
        torn = true;
        out.write(line);
        torn = false;
        written += line.length;
        unsynced = true;
        notifyAll();
    }

    /** The thread that makes durable, and now and then compact, what the others have written. */
    private void sync() {
        try {
            while (awaitRecords()) {
                try {
                    bringToDisk();
                } catch (IOException e) {
                    // The records are with the operating system all the same: only a power loss could lose them.
                    log.error("The leave journal could not be brought to the disk: {}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitRecords() throws InterruptedException {
        while (!unsynced && !closed) {
            wait();
        }
        return unsynced;
    }

    private void bringToDisk() throws IOException {
        FileOutputStream current;
        synchronized (this) {
            unsynced = false;
            if (written > COMPACT_ABOVE_BYTES) {
                compact();
                return;
            }
            current = out;
        }
        current.getFD().sync();
    }

    /** While a file of some megabytes is replaced, records wait; that is once in tens of thousands of leaves. */
    private void compact() throws IOException {
        entries.values().removeIf(entry -> expired(entry.intent(), clock.instant()));
        FileOutputStream old = out;
        out = rewrite(file, entries);
        written = 0;
        torn = false;
        old.close();
    }

    /** Ends after everything was made durable. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            syncer.join();
            out.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.error("The leave journal did not close: {}", e.toString());
        }
    }
}
