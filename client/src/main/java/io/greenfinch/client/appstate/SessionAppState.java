package io.greenfinch.client.appstate;

import com.google.protobuf.ByteString;
import io.greenfinch.client.media.Media;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.appstate.AccountAction;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.appstate.AppStateKey;
import io.greenfinch.protocol.appstate.AppStateMutation;
import io.greenfinch.protocol.appstate.AppStateWrite;
import io.greenfinch.protocol.appstate.CollectionState;
import io.greenfinch.protocol.appstate.WrittenPatch;
import io.greenfinch.protocol.proto.AppStateSyncKeyShare;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app state of a session: fetches what others have written, and writes. One thread at a time talks to WhatsApp about it. */
public final class SessionAppState implements AppState {

    private static final Logger log = LoggerFactory.getLogger(SessionAppState.class);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What could not be fetched in one round may be had in the next. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A store that can't be read is asked again after this time. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final AppStateContext context;
    private final AppStateBook book;
    private final Supplier<Parts> parts;
    private final StoredAppState stored;
    private final KeyRequests keyRequests;
    private final ReentrantLock turn = new ReentrantLock();

    /** Whether a thread of its own fetches what is doubted; guarded by this, as the rest. */
    private boolean fetching;

    private boolean again;
    private CompletableFuture<Boolean> keysShared = new CompletableFuture<>();

    /**
     * What it talks to WhatsApp by.
     *
     * @param askForKey asks the phone for a key that it has not shared with us
     */
    public record Parts(Wire wire, Media media, Consumer<ByteString> askForKey) {}

    /**
     * The app state of a session that is being put together.
     *
     * @param parts asked for when it is first needed
     */
    public SessionAppState(AppStateContext context, AppStateBook book, Supplier<Parts> parts) {
        this.context = context;
        this.book = book;
        this.parts = parts;
        this.stored = new StoredAppState(context);
        this.keyRequests = new KeyRequests(context.shared().clock());
    }

    /** Takes in that another device has written. */
    public StanzaHandler notifications() {
        return new AppStateNotificationHandler(this::wake);
    }

    /** The session is online, for the first time or again. On its thread. */
    public void online() {
        if (!book.doubted().isEmpty()) {
            wake();
        }
    }

    /**
     * What the phone shares with its companions (specification §22): with a key there is reason to fetch what was never fetched, and
     * what could not be read. On the session's thread; throws as {@link io.greenfinch.client.store.SessionState#require}.
     */
    public void keep(AppStateSyncKeyShare share, StanzaDecision decision) {
        List<Change> keys = stored.keys(share);
        if (!keys.isEmpty()) {
            stored.unknown().forEach(collection -> decision.change(AppStateBook.doubt(collection)));
            keys.forEach(decision::change);
            decision.then(this::keysShared);
        }
    }

    private void keysShared() {
        CompletableFuture<Boolean> waited;
        synchronized (this) {
            waited = keysShared;
            keysShared = new CompletableFuture<>();
        }
        waited.complete(true);
        wake();
    }

    private synchronized CompletableFuture<Boolean> nextKeys() {
        return keysShared;
    }

    /** Has what is doubted fetched by a thread of its own. Returns at once. */
    private void wake() {
        synchronized (this) {
            again = true;
            if (fetching) {
                return;
            }
            fetching = true;
        }
        Thread.ofVirtual().name("app-state-" + context.instance()).start(this::fetchAll);
    }

    private void fetchAll() {
        while (true) {
            synchronized (this) {
                if (!again) {
                    fetching = false;
                    return;
                }
                again = false;
            }
            turn.lock();
            try {
                sync().fetch(deadline());
            } catch (StoreException e) {
                log.warn("The app state of session {} can't be read: {}", context.instance(), e.getMessage());
                context.shared().timers().at(context.shared().clock().instant().plus(AGAIN), this::wake);
            } catch (RuntimeException e) {
                // A fault of ours, or of what somebody wrote: the next reason finds us ready all the same.
                log.error(
                        "The app state of session {} can't be fetched: {}",
                        context.instance(),
                        e.getClass().getName());
            } finally {
                turn.unlock();
            }
        }
    }

    private Instant deadline() {
        return context.shared().clock().instant().plus(PATIENCE);
    }

    private AppStateSync sync() {
        Parts with = parts.get();
        return new AppStateSync(
                context, book, stored, with.wire(), with.media(), id -> keyRequests.ask(id, with.askForKey()));
    }

    @Override
    public Outcome<Integer> write(List<AccountAction> actions, Instant deadline) {
        Map<AppStateCollection, List<AccountAction>> parted = new EnumMap<>(AppStateCollection.class);
        for (AccountAction action : actions) {
            parted.computeIfAbsent(action.collection(), _ -> new ArrayList<>(1)).add(action);
        }
        if (!parts.get().wire().awaitOnline(deadline) || !taken(deadline)) {
            return new Outcome.Unknown<>(Silence.NOT_SENT);
        }
        try {
            for (Map.Entry<AppStateCollection, List<AccountAction>> part : parted.entrySet()) {
                Outcome<PatchUpload.Result> outcome = write(part.getKey(), part.getValue(), deadline);
                if (!(outcome instanceof Outcome.Done<PatchUpload.Result>)) {
                    return outcome.map(_ -> 0);
                }
            }
            return new Outcome.Done<>(actions.size());
        } finally {
            turn.unlock();
        }
    }

    private boolean taken(Instant deadline) {
        Duration left = Duration.between(context.shared().clock().instant(), deadline);
        try {
            return turn.tryLock(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Outcome<PatchUpload.Result> write(
            AppStateCollection collection, List<AccountAction> actions, Instant deadline) {
        Wire wire = parts.get().wire();
        AppStateSync sync = sync();
        Optional<WrittenPatch> crossed = Optional.empty();
        while (true) {
            CompletableFuture<Boolean> keys = nextKeys();
            if (book.doubts(collection)) {
                sync.fetch(deadline);
            }
            Optional<AppStateKey> key = stored.latestKey();
            if (key.isEmpty() || book.doubts(collection)) {
                // Just linked, as a rule: the phone shares its keys soon. Nobody may write on top of what they don't
                // know.
                if (!worthAnotherLook(wire, key.isEmpty() ? deadline : soon(deadline), keys, deadline)) {
                    return new Outcome.Unknown<>(crossed.isEmpty() ? Silence.NOT_SENT : Silence.UNKNOWN);
                }
                continue;
            }
            if (crossed.filter(before -> isStored(collection, before)).isPresent()) {
                return new Outcome.Done<>(PatchUpload.Result.FOUND); // the answer to it had been lost
            }
            OptionalInt doubt = sync.doubt(collection, deadline);
            if (doubt.isEmpty()) {
                return new Outcome.Unknown<>(crossed.isEmpty() ? Silence.NOT_SENT : Silence.UNKNOWN);
            }
            WrittenPatch patch = written(collection, actions, key.get());
            Outcome<PatchUpload.Result> outcome = upload(collection, patch, sync, wire, deadline);
            switch (outcome) {
                case Outcome.Done<PatchUpload.Result>(PatchUpload.Result result) -> {
                    if (result == PatchUpload.Result.ACCEPTED
                            && !sync.store(collection, patch.applied(), doubt.getAsInt(), deadline)) {
                        wake(); // WhatsApp has it, and tells it
                    }
                    if (result != PatchUpload.Result.CONFLICT) {
                        return outcome;
                    }
                    crossed = Optional.of(patch);
                }
                case Outcome.Refused<PatchUpload.Result> refused -> {
                    wake();
                    return outcome;
                }
                case Outcome.Unknown<PatchUpload.Result> unknown -> {
                    wake();
                    return outcome;
                }
            }
        }
    }

    /** Waits for keys; false when there is no time left, or no session. */
    private boolean worthAnotherLook(Wire wire, Instant until, CompletableFuture<Boolean> keys, Instant deadline) {
        wire.pause(keys, until);
        return wire.awaitOnline(deadline) && context.shared().clock().instant().isBefore(deadline);
    }

    private Instant soon(Instant deadline) {
        Instant soon = context.shared().clock().instant().plus(PAUSE);
        return soon.isBefore(deadline) ? soon : deadline;
    }

    private WrittenPatch written(AppStateCollection collection, List<AccountAction> actions, AppStateKey key) {
        Instant now = context.shared().wall().instant();
        List<AppStateWrite> writes =
                actions.stream().map(action -> action.write(now)).toList();
        CollectionState known = stored.state(collection);
        CollectionPage lookup = new CollectionPage(
                collection, known, stored, new ExternalBlobs(parts.get().media()));
        return WrittenPatch.of(
                collection, known, key, writes, lookup, context.shared().random());
    }

    private Outcome<PatchUpload.Result> upload(
            AppStateCollection collection, WrittenPatch patch, AppStateSync sync, Wire wire, Instant deadline) {
        PatchUpload upload = new PatchUpload(collection, patch.applied().state().version() - 1, written -> {
            sync.fetch(deadline);
            return book.doubts(collection) ? Optional.empty() : Optional.of(isStored(collection, written));
        });
        return Exchange.run(wire, upload, patch, deadline);
    }

    /** Whether all entries are as a patch of ours makes them. */
    private boolean isStored(AppStateCollection collection, WrittenPatch patch) {
        List<AppStateMutation> made = patch.applied().mutations();
        Map<ByteString, ByteString> there = stored.valueMacs(
                collection, made.stream().map(AppStateMutation::indexMac).toList());
        return made.stream()
                .allMatch(each -> each.removal()
                        ? !there.containsKey(each.indexMac())
                        : each.valueMac().equals(there.get(each.indexMac())));
    }
}
