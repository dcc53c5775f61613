package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.client.media.StoredMedia;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.file.FileLink;
import io.greenfinch.gateway.group.Reasons;
import io.greenfinch.gateway.media.Arrival;
import io.greenfinch.gateway.media.StoredFiles;
import io.greenfinch.gateway.preview.LinkPreview;
import io.greenfinch.gateway.preview.PreviewMaker;
import io.greenfinch.gateway.store.FileFailure;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import io.greenfinch.protocol.media.MediaDigest;
import io.greenfinch.protocol.media.MediaKind;
import io.greenfinch.protocol.message.FileContent;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is to be done before messages that wait can be sent, some at a time and beside what is sent: stores their files on WhatsApp's
 * hosts, finds out what is shown of their links. A large file, or one that can't be stored, keeps no other chat waiting.
 * Thread-safe.
 */
final class Preparations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Preparations.class);

    /** Of one instance at a time. */
    private static final int OF_ONE = 4;

    /** Of all instances at a time. */
    private static final int OF_ALL = 32;

    /** Pages that are looked at, at a time. */
    private static final int LINKS = 8;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** No message waits longer for what is only beside it. */
    private static final Duration PICTURE_PATIENCE = Duration.ofSeconds(20);

    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /** Keeps what a message has become. */
    @FunctionalInterface
    interface Keeper {

        /** A message is whole now; blocks. */
        void prepared(long instance, Item item, QueuedMessage whole);
    }

    /** How far a preparation is. */
    private record Try(int failures, boolean running, boolean upload, Instant notBefore) {}

    private final StoredFiles files;
    private final PreviewMaker previews;
    private final SendQueueTable queue;
    private final Keeper keeper;
    private final BiConsumer<SendQueueTable.Late, String> failed;
    private final Timers timers;
    private final Clock clock;
    private final Semaphore uploads = new Semaphore(OF_ALL, true);
    private final Semaphore links = new Semaphore(LINKS, true);
    private final Map<Long, Map<String, Try>> tries = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param failed told what will not be sent, and why */
    Preparations(
            StoredFiles files,
            PreviewMaker previews,
            SendQueueTable queue,
            Keeper keeper,
            BiConsumer<SendQueueTable.Late, String> failed,
            Timers timers,
            Clock clock) {
        this.files = files;
        this.previews = previews;
        this.queue = queue;
        this.keeper = keeper;
        this.failed = failed;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * Sees to it that a message comes to be whole. Never blocks.
     *
     * @param wake called when there may be something to do for an instance
     */
    void see(long instance, Session session, Item item, LongConsumer wake) {
        Map<String, Try> own = tries.computeIfAbsent(instance, _ -> new ConcurrentHashMap<>(2));
        Try before = own.getOrDefault(item.id(), new Try(0, false, false, Instant.EPOCH));
        boolean upload = QueuedMessage.of(item).flatMap(QueuedMessage::file).isPresent();
        // Large files must not keep links waiting.
        long running = own.values().stream()
                .filter(each -> each.running && each.upload == upload)
                .count();
        if (closed || before.running || running >= OF_ONE || clock.instant().isBefore(before.notBefore)) {
            return;
        }
        own.put(item.id(), new Try(before.failures, true, upload, before.notBefore));
        Thread.ofVirtual().name("prepare-" + instance).start(() -> {
            boolean again = true;
            try {
                again = run(instance, session, item, upload ? uploads : links);
            } catch (StoreException e) {
                log.warn("A file of instance {} could not be stored: {}", instance, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                over(instance, own, item.id(), before.failures, again, wake);
            }
        });
    }

    private void over(long instance, Map<String, Try> own, String id, int failures, boolean again, LongConsumer wake) {
        if (again) {
            Duration rest = FIRST_REST.multipliedBy(1L << Math.min(failures, 6));
            Instant next = clock.instant().plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
            own.put(id, new Try(failures + 1, false, false, next));
            timers.at(next, () -> wake.accept(instance));
        } else {
            own.remove(id);
        }
        wake.accept(instance);
    }

    /** True when it is to be tried again. */
    private boolean run(long instance, Session session, Item item, Semaphore places) throws InterruptedException {
        places.acquire();
        try {
            // What was read before may be older than what another try has brought.
            Optional<Item> now = queue.find(instance, item.id()).filter(QueuedMessage::wants);
            Optional<QueuedMessage> queued = now.flatMap(QueuedMessage::of);
            if (now.isPresent() && queued.isEmpty()) {
                failed.accept(new SendQueueTable.Late(instance, item.id()), "the message can't be read");
            }
            return queued.isPresent() && prepare(instance, session, item, queued.get());
        } finally {
            places.release();
        }
    }

    private boolean prepare(long instance, Session session, Item item, QueuedMessage queued) {
        if (queued.file().isPresent()) {
            return upload(instance, session, item, queued, queued.file().get());
        }
        Message message = queued.message();
        Optional<LinkPreview> preview = queued.preview().flatMap(previews::make);
        keeper.prepared(
                instance,
                item,
                queued.with(preview.map(known -> known.in(message, stored(instance, session, known)))
                        .orElse(message)));
        return false;
    }

    /** Where the large picture of a preview is; empty where there is none, or it can't be stored: then it is shown small. */
    private Optional<StoredMedia> stored(long instance, Session session, LinkPreview preview) {
        if (preview.large().isEmpty()) {
            return Optional.empty();
        }
        byte[] picture = preview.large().get().jpeg();
        try {
            Path scratch = files.places().freshFile();
            Instant deadline = clock.instant().plus(PICTURE_PATIENCE);
            return session.media()
                    .upload(() -> new ByteArrayInputStream(picture), MediaKind.LINK_THUMBNAIL, scratch, deadline)
                    .done();
        } catch (IOException e) {
            log.warn("A picture of instance {} can't be encrypted: {}", instance, FileFailure.withoutPath(e));
            return Optional.empty();
        }
    }

    private boolean upload(long instance, Session session, Item item, QueuedMessage queued, FileLink link) {
        SendQueueTable.Late late = new SendQueueTable.Late(instance, item.id());
        Instant deadline = clock.instant().plus(PATIENCE);
        switch (files.find(link, deadline)) {
            case Arrival.Here here -> {}
            case Arrival.Away none -> {
                return true;
            }
            case Arrival.NoRoom none -> {
                return true;
            }
            case Arrival.Missing(Outcome<MediaDigest> why)
            when why instanceof Outcome.Unknown<MediaDigest> -> {
                return true;
            }
            case Arrival.Nowhere none -> {
                return gone(late);
            }
            case Arrival.Missing missing -> {
                return gone(late);
            }
        }
        Outcome<StoredMedia> outcome;
        try {
            Path scratch = files.places().freshFile();
            outcome = session.media().upload(() -> content(link), kind(queued), scratch, deadline);
        } catch (IOException e) {
            log.warn("A file of instance {} can't be read or encrypted: {}", instance, FileFailure.withoutPath(e));
            return true;
        }
        return switch (outcome) {
            case Outcome.Done<StoredMedia>(StoredMedia stored) -> {
                keeper.prepared(instance, item, queued.with(stored.file().in(queued.message(), stored.since())));
                yield false;
            }
            case Outcome.Refused<StoredMedia>(Refusal reason, int code, var invitation)
            when reason == Refusal.NOT_ACCEPTABLE -> {
                failed.accept(late, "its file was refused: " + Reasons.of(reason, code));
                yield false;
            }
            case Outcome.Refused<StoredMedia> otherwise -> true;
            // Where the account is not linked it is woken when it is.
            case Outcome.Unknown<StoredMedia>(Silence why) -> why != Silence.NOT_LINKED;
        };
    }

    private boolean gone(SendQueueTable.Late late) {
        failed.accept(late, "its file is not there any more");
        return false;
    }

    private InputStream content(FileLink link) throws IOException {
        return files.open(link, 0);
    }

    private static MediaKind kind(QueuedMessage queued) {
        return MessageEnvelope.ofPlain(queued.message().toByteArray())
                .flatMap(message -> FileContent.of(message.content()))
                .map(FileContent::kind)
                .orElse(MediaKind.DOCUMENT);
    }

    /** The messages of an instance of which something is remembered. */
    Set<String> under(long instance) {
        return Set.copyOf(tries.getOrDefault(instance, Map.of()).keySet());
    }

    /** These are in the queue no more. */
    void forget(long instance, Set<String> ids) {
        Map<String, Try> own = tries.get(instance);
        if (own != null) {
            own.entrySet().removeIf(entry -> !entry.getValue().running && ids.contains(entry.getKey()));
            if (own.isEmpty()) {
                tries.remove(instance, own);
            }
        }
    }

    /** Begins nothing more. */
    @Override
    public void close() {
        closed = true;
    }
}
