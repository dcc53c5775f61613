package io.greenfinch.client.appstate;

import com.google.protobuf.ByteString;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.media.Media;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.protocol.appstate.AccountAction;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.appstate.AppStateMutation;
import io.greenfinch.protocol.appstate.Application.Applied;
import io.greenfinch.protocol.appstate.CollectionState;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the collections that the book doubts, page by page; each page is stored with the events that come of it. For one thread at a
 * time, which it blocks.
 */
final class AppStateSync {

    private static final Logger log = LoggerFactory.getLogger(AppStateSync.class);

    /** A server that always has another page is not followed for ever. */
    private static final int MOST_PAGES = 10_000;

    /** So many entries are stored at a time: other sessions wait for the same store. */
    private static final int AT_A_TIME = 2_000;

    private final AppStateContext context;
    private final AppStateBook book;
    private final StoredAppState stored;
    private final Wire wire;
    private final AppStateCommit commit;
    private final ExternalBlobs blobs;
    private final Consumer<ByteString> missingKey;

    /** @param missingKey told of a key that was not shared with us */
    AppStateSync(
            AppStateContext context,
            AppStateBook book,
            StoredAppState stored,
            Wire wire,
            Media media,
            Consumer<ByteString> missingKey) {
        this.context = context;
        this.book = book;
        this.stored = stored;
        this.wire = wire;
        this.commit = new AppStateCommit(context, book, wire);
        this.blobs = new ExternalBlobs(media);
        this.missingKey = missingKey;
    }

    /** Fetches what is doubted, as far as it can be had before the deadline. */
    void fetch(Instant deadline) {
        // What can't be had in this round: the next begins when there is reason to.
        Set<AppStateCollection> stuck = EnumSet.noneOf(AppStateCollection.class);
        Set<AppStateCollection> begunAnew = EnumSet.noneOf(AppStateCollection.class);
        for (int page = 0; page < MOST_PAGES; page++) {
            Map<AppStateCollection, Integer> doubted = book.doubted();
            doubted.keySet().removeAll(stuck);
            if (doubted.isEmpty()) {
                return;
            }
            Map<AppStateCollection, CollectionState> known = stored.states(doubted.keySet());
            Outcome<List<CollectionAnswer>> told =
                    Exchange.ask(wire, AppStateQuestion.stanza(known), new AppStateQuestion(), deadline);
            if (!(told instanceof Outcome.Done<List<CollectionAnswer>>(List<CollectionAnswer> answers))) {
                return;
            }
            stuck.addAll(doubted.keySet());
            for (CollectionAnswer answer : answers) {
                CollectionState before = known.get(answer.collection());
                Integer doubt = doubted.get(answer.collection());
                if (before != null && doubt != null && take(answer, before, doubt, begunAnew, deadline)) {
                    stuck.remove(answer.collection());
                }
            }
        }
    }

    /** Takes one page; true when it was worth it. */
    private boolean take(
            CollectionAnswer answer,
            CollectionState before,
            int doubt,
            Set<AppStateCollection> begunAnew,
            Instant deadline) {
        AppStateCollection collection = answer.collection();
        if (answer.error().isPresent()) {
            return refused(answer, before, doubt, begunAnew, deadline);
        }
        CollectionPage page = new CollectionPage(collection, before, stored, blobs);
        CollectionPage.End end = page.read(answer, deadline);
        boolean whole = end == CollectionPage.End.READ && !answer.more();
        boolean done = store(collection, before, page, whole, doubt, deadline);
        return switch (end) {
            case READ -> done && (whole || page.state().version() > before.version());
            case KEY_MISSING -> {
                missingKey.accept(page.missingKey());
                yield false;
            }
            case NOT_FETCHED -> false;
            case NOT_AUTHENTIC -> {
                log.warn(
                        "Session {}: {} does not follow what is known of it; it is fetched anew",
                        context.instance(),
                        collection);
                yield begunAnew.add(collection) && forget(collection, deadline);
            }
        };
    }

    /** A server that knows less than we do has begun anew, too. */
    private boolean refused(
            CollectionAnswer answer,
            CollectionState before,
            int doubt,
            Set<AppStateCollection> begunAnew,
            Instant deadline) {
        AppStateCollection collection = answer.collection();
        int code = answer.error().orElse(0);
        log.warn("Session {}: WhatsApp does not tell {} ({})", context.instance(), collection, code);
        if (code < 400 || code >= 500 || code == 408 || code == 429) {
            return false;
        }
        if (before.version() > 0 && begunAnew.add(collection)) {
            return forget(collection, deadline);
        }
        // It will say the same again: asked when something is written there.
        return settle(List.of(), List.of(), collection, doubt, deadline);
    }

    private boolean store(
            AppStateCollection collection,
            CollectionState before,
            CollectionPage page,
            boolean whole,
            int doubt,
            Instant deadline) {
        if (page.state().equals(before) && page.mutations().isEmpty()) {
            // Of one that was known once and begins anew nothing is left.
            List<SessionEvent> events = before.version() == 0 ? List.of(event(collection, true, List.of())) : List.of();
            return !whole || settle(List.of(), events, collection, doubt, deadline);
        }
        List<AppStateMutation> mutations = page.mutations();
        for (int from = 0; from == 0 || from < mutations.size(); from += AT_A_TIME) {
            List<AppStateMutation> some = mutations.subList(from, Math.min(mutations.size(), from + AT_A_TIME));
            boolean last = from + AT_A_TIME >= mutations.size();
            List<Change> changes = new ArrayList<>();
            if (before.version() == 0 && from == 0) {
                changes.addAll(stored.forgotten(collection)); // a page that did not come to its end
            }
            changes.addAll(changes(collection, some));
            if (last) {
                changes.add(StoredAppState.put(collection, page.state()));
            }
            List<SessionEvent> events = List.of(event(collection, before.version() == 0 && from == 0, some));
            boolean done = (last && whole)
                    ? settle(changes, events, collection, doubt, deadline)
                    : commit.store(changes, events, () -> false, List.of(), deadline);
            if (!done) {
                return false;
            }
        }
        return true;
    }

    /** What we have written ourselves, and the server has taken. */
    boolean store(AppStateCollection collection, Applied applied, int doubt, Instant deadline) {
        List<Change> changes = changes(collection, applied.mutations());
        changes.add(StoredAppState.put(collection, applied.state()));
        return settle(changes, List.of(event(collection, false, applied.mutations())), collection, doubt, deadline);
    }

    /** Stores, and that the collection is doubted no more, unless it was doubted again meanwhile. */
    private boolean settle(
            List<Change> changes,
            List<SessionEvent> events,
            AppStateCollection collection,
            int doubt,
            Instant deadline) {
        return commit.store(
                changes,
                events,
                () -> !book.isSince(collection, doubt),
                List.of(AppStateBook.settled(collection)),
                deadline);
    }

    private boolean forget(AppStateCollection collection, Instant deadline) {
        return commit.store(stored.forgotten(collection), List.of(), () -> false, List.of(), deadline);
    }

    /** Has a collection doubted, durably; empty when that was not stored in time. */
    OptionalInt doubt(AppStateCollection collection, Instant deadline) {
        boolean done =
                commit.store(List.of(AppStateBook.doubt(collection)), List.of(), () -> false, List.of(), deadline);
        Integer doubt = book.doubted().get(collection);
        return done && doubt != null ? OptionalInt.of(doubt) : OptionalInt.empty();
    }

    private static List<Change> changes(AppStateCollection collection, List<AppStateMutation> mutations) {
        Map<ByteString, Optional<ByteString>> macs = new HashMap<>();
        mutations.forEach(
                each -> macs.put(each.indexMac(), each.removal() ? Optional.empty() : Optional.of(each.valueMac())));
        return new ArrayList<>(StoredAppState.entries(collection, macs));
    }

    /** By the names that chats have everywhere else. */
    private AccountAction shown(AccountAction action) {
        UnaryOperator<Jid> name = context.shown();
        return switch (action) {
            case AccountAction.Archive(Jid chat, boolean archived, var last) ->
                new AccountAction.Archive(name.apply(chat), archived, last);
            case AccountAction.Mute(Jid chat, boolean muted, var until) ->
                new AccountAction.Mute(name.apply(chat), muted, until);
            case AccountAction.Pin(Jid chat, boolean pinned) -> new AccountAction.Pin(name.apply(chat), pinned);
            case AccountAction.ReadMark(Jid chat, boolean read, var last) ->
                new AccountAction.ReadMark(name.apply(chat), read, last);
            case AccountAction.OwnDeletion(Jid chat, var message) ->
                new AccountAction.OwnDeletion(name.apply(chat), message);
            case AccountAction.Contact _, AccountAction.ContactRemoval _, AccountAction.PushName _ -> action;
        };
    }

    private SessionEvent event(AppStateCollection collection, boolean anew, List<AppStateMutation> mutations) {
        List<AccountAction> actions = mutations.stream()
                .flatMap(mutation -> AccountAction.of(mutation).stream())
                .map(this::shown)
                .toList();
        return new SessionEvent.AppStateChanged(context.shared().wall().instant(), collection, anew, actions);
    }
}
