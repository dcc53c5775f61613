package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.appstate.AppStateBook;
import io.greenfinch.client.appstate.AppStateContext;
import io.greenfinch.client.appstate.SessionAppState;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.device.DeviceBook;
import io.greenfinch.client.group.GroupBook;
import io.greenfinch.client.group.GroupSync;
import io.greenfinch.client.history.HistoryPlaces;
import io.greenfinch.client.history.SessionHistory;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.media.MediaRetries;
import io.greenfinch.client.media.MediaServer;
import io.greenfinch.client.message.Aliases;
import io.greenfinch.client.message.MessageContext;
import io.greenfinch.client.message.SessionMessages;
import io.greenfinch.client.picture.PictureWatches;
import io.greenfinch.client.presence.SessionPresence;
import io.greenfinch.client.privacy.ReadReceipts;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.stanza.OrderedSteps;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A session as its host sees it: puts the parts together and turns calls into steps of the session's thread. */
public final class CompanionSession extends FacetedSession {

    private final Owner owner;
    private final Intake intake;
    private final SessionState state;
    private final OrderedSteps steps;
    private final GroupBook book;
    private final AppStateBook collections;
    private final StatusBoard board;
    private final Keyring keyring;
    private final Lifecycle lifecycle;
    private final Wire wire;
    private final Facets facets;
    private final SessionMessages messages;
    private final SessionAppState appState;
    private final SessionPresence presence;
    private final SessionHistory history;
    private final Consumer<CompanionSession> whenClosed;
    private volatile int depth;
    private volatile Optional<Instant> heardAt = Optional.empty();
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    /**
     * Claims the instance, loads its state and waits for calls. Blocks on the store.
     *
     * @throws StoreException when the store can't be read or written
     */
    public CompanionSession(
            ClientContext shared,
            MediaServer media,
            HistoryPlaces places,
            long instance,
            SessionStore<?> store,
            LeaveIntents intents,
            EventSink sink,
            Consumer<CompanionSession> whenClosed) {
        this.whenClosed = whenClosed;
        long epoch = store.claim(instance);
        Recovery recovery = new Recovery(shared, instance, store, over, this::recoveryParts);
        LoadedState loaded = LoadedState.of(store, instance);
        owner = new Owner("session-" + instance, this::afterBatch, this::doAgain, recovery::stepFailed);
        byte[] prefix = new byte[4];
        shared.random().nextBytes(prefix);
        Requests requests = new Requests(
                shared.clock(), shared.timers(), owner, HexFormat.of().formatHex(prefix) + "-");
        state = new SessionState(instance, store, shared.cache(), owner::isCurrent);
        intake = new Intake(instance, epoch, sink, shared, owner, state, recovery::stored, recovery::storeFailed);
        steps = new OrderedSteps(shared, state, owner, recovery::storeFailed);
        book = new GroupBook(shared.clock(), state, intake::add);
        collections = new AppStateBook(state);
        load(loaded);
        GroupSync sync = new GroupSync(shared, owner, requests, book, this::firstGroups);
        book.whenOvertaken(sync::fetchDoubted);
        board = new StatusBoard(intake, shared.clock(), loaded.account());
        PictureWatches watches = new PictureWatches();
        DeviceBook deviceBook = new DeviceBook(shared.cache());
        keyring = new Keyring(intake, loaded.credentials(), this::accountKnown);
        presence = new SessionPresence(owner, keyring, this::write, this::wire, this::token);
        appState = new SessionAppState(
                new AppStateContext(
                        shared,
                        owner,
                        steps,
                        intake,
                        state,
                        keyring,
                        store,
                        instance,
                        chat -> Aliases.shown(chat, state::find),
                        presence::renew),
                collections,
                this::appStateParts);
        MessageContext context = new MessageContext(
                shared,
                owner,
                steps,
                intake,
                state,
                keyring,
                book,
                deviceBook,
                instance,
                store,
                this::ownAccount,
                appState);
        history = new SessionHistory(context, places, this::historyParts);
        messages = new SessionMessages(context, history, this::messageParts);
        SessionParts parts = new SessionParts(
                instance,
                shared,
                owner,
                requests,
                intake,
                steps,
                state,
                book,
                sync,
                board,
                keyring,
                store,
                intents,
                watches,
                media,
                new MediaRetries(),
                deviceBook,
                new ReadReceipts(),
                messages,
                appState,
                presence,
                history);
        lifecycle = new Lifecycle(shared, parts);
        wire = new OwnerWire(shared, owner, requests, board, lifecycle, over);
        facets = Facets.of(parts, wire, new SessionLink(shared, owner, board, lifecycle), this::write);
        owner.begin();
    }

    private void afterBatch() {
        intake.flush();
        lifecycle.link().flush();
        if (intake.full()) {
            lifecycle.link().pause();
        } else {
            lifecycle.link().resume();
        }
        depth = intake.size();
        heardAt = lifecycle.link().heardAt();
    }

    private void firstGroups(List<Change> groups) {
        intake.add(groups, List.of());
        keyring.store(keyring.get().withGroupsKnown());
    }

    private void accountKnown(Account account) {
        book.account(account);
        board.linked(board.status().phase(), account);
    }

    private void doAgain(Runnable step) {
        steps.run(List.of(), step);
    }

    /** Completes when nothing is with the store any more: what is read before may be older than the store. */
    private CompletableFuture<Void> forget() {
        steps.hold();
        history.reset();
        return intake.reset();
    }

    private void load(LoadedState loaded) {
        book.load(loaded.account(), loaded.groups(), loaded.doubts());
        collections.load(loaded.collectionDoubts());
    }

    /** What was read while something was with the store is forgotten once more; then steps begin again. */
    private void loadAnew(LoadedState loaded) {
        state.reset();
        load(loaded);
        messages.loaded();
        steps.release();
    }

    private Recovery.Parts recoveryParts() {
        return new Recovery.Parts(owner, lifecycle, wire, this::forget, this::loadAnew, this::close);
    }

    /** Places in the order that are not on their way to the store. */
    public int depth() {
        return depth;
    }

    /** When something came from the server last; empty without a connection. */
    public Optional<Instant> heardAt() {
        return heardAt;
    }

    @Override
    Facets facets() {
        return facets;
    }

    private Wire wire() {
        return wire;
    }

    private SessionAppState.Parts appStateParts() {
        return new SessionAppState.Parts(wire, facets.media(), messages::askForKey);
    }

    private SessionMessages.Parts messageParts() {
        return new SessionMessages.Parts(
                wire,
                facets.contacts(),
                facets.devices(),
                facets.groups(),
                facets.privacy()::givesReadReceipts,
                this::write);
    }

    private SessionHistory.Parts historyParts() {
        return new SessionHistory.Parts(wire, facets.media());
    }

    private Optional<Node> token(Jid person) {
        return messages.token(person);
    }

    private boolean write(Node stanza) {
        boolean online = board.status().online();
        if (online) {
            lifecycle.link().line().accept(stanza);
        }
        return online;
    }

    private Optional<Account> ownAccount() {
        return board.status().account();
    }

    @Override
    public void close() {
        over.complete(false);
        owner.execute(lifecycle::close);
        owner.stop();
        whenClosed.accept(this);
    }
}
