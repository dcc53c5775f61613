package io.greenfinch.client.session;

import io.greenfinch.client.Account;
import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.LogoutOutcome;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.PhoneCode;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.device.DeviceBook;
import io.greenfinch.client.device.DeviceLookup;
import io.greenfinch.client.device.DeviceQuery;
import io.greenfinch.client.group.ChangeOutcome;
import io.greenfinch.client.group.Changing;
import io.greenfinch.client.group.CreateOutcome;
import io.greenfinch.client.group.Creating;
import io.greenfinch.client.group.Doors;
import io.greenfinch.client.group.Group;
import io.greenfinch.client.group.GroupBook;
import io.greenfinch.client.group.GroupCalls;
import io.greenfinch.client.group.GroupChange;
import io.greenfinch.client.group.GroupDoors;
import io.greenfinch.client.group.GroupLookup;
import io.greenfinch.client.group.GroupSync;
import io.greenfinch.client.group.KnownGroup;
import io.greenfinch.client.group.LeaveOutcome;
import io.greenfinch.client.group.Leaving;
import io.greenfinch.client.group.Silence;
import io.greenfinch.client.keys.Keyring;
import io.greenfinch.client.picture.PictureLookup;
import io.greenfinch.client.picture.PictureOutcome;
import io.greenfinch.client.picture.PictureSize;
import io.greenfinch.client.picture.PictureWatches;
import io.greenfinch.client.picture.Picturing;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.stanza.OrderedSteps;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StaleEpochException;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.protocol.binary.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session as its host sees it: puts the parts together and turns calls into steps of the session's thread. */
public final class CompanionSession implements Session {

    private static final Logger log = LoggerFactory.getLogger(CompanionSession.class);

    private static final Duration RELOAD_PAUSE = Duration.ofSeconds(2);
    private static final int MAX_LEAVES = 100;

    private final long instance;
    private final long epoch;
    private final ClientContext shared;
    private final SessionStore<?> store;
    private final Owner owner;
    private final Intake intake;
    private final OrderedSteps steps;
    private final GroupBook book;
    private final StatusBoard board;
    private final Keyring keyring;
    private final Lifecycle lifecycle;
    private final Wire wire;
    private final LinkCalls linkCalls;
    private final GroupCalls groupCalls;
    private final Creating creating;
    private final Changing changing;
    private final GroupDoors doors;
    private final DeviceQuery deviceQuery;
    private final Leaving leaving;
    private final Picturing picturing;
    private final Consumer<CompanionSession> whenClosed;
    private volatile int depth;
    private volatile Optional<Instant> heardAt = Optional.empty();
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    /** Whether a unit was stored since the state was last loaded anew. */
    private boolean storable = true;

    /**
     * Claims the instance, loads its state and waits for calls. Blocks on the store.
     *
     * @throws StoreException when the store can't be read or written
     */
    public CompanionSession(
            ClientContext shared,
            long instance,
            SessionStore<?> store,
            LeaveIntents intents,
            EventSink sink,
            Consumer<CompanionSession> whenClosed) {
        this.instance = instance;
        this.shared = shared;
        this.store = store;
        this.whenClosed = whenClosed;
        epoch = store.claim(instance);
        LoadedState loaded = LoadedState.of(store, instance);
        owner = new Owner("session-" + instance, this::afterBatch, this::doAgain, this::stepFailed);
        byte[] prefix = new byte[4];
        shared.random().nextBytes(prefix);
        Requests requests = new Requests(
                shared.clock(), shared.timers(), owner, HexFormat.of().formatHex(prefix) + "-");
        SessionState state = new SessionState(instance, store, shared.cache(), owner::isCurrent);
        intake = new Intake(instance, epoch, sink, shared, owner, state, this::stored, this::storeFailed);
        steps = new OrderedSteps(shared, state, owner, this::storeFailed);
        book = new GroupBook(shared.clock(), state, intake::add);
        book.load(loaded.account(), loaded.groups(), loaded.doubts());
        GroupSync sync = new GroupSync(shared, owner, requests, book, this::firstGroups);
        book.whenOvertaken(sync::fetchDoubted);
        board = new StatusBoard(intake, shared.clock(), loaded.account());
        PictureWatches pictures = new PictureWatches();
        DeviceBook devices = new DeviceBook(shared.cache());
        keyring = new Keyring(intake, loaded.credentials(), this::accountKnown);
        SessionParts parts = new SessionParts(
                instance, shared, owner, requests, intake, steps, book, sync, board, keyring, store, intents, pictures,
                devices);
        lifecycle = new Lifecycle(shared, parts);
        wire = new OwnerWire(shared, owner, requests, board, lifecycle, over);
        linkCalls = new LinkCalls(shared, owner, board, lifecycle);
        groupCalls = new GroupCalls(wire, book);
        creating = new Creating(wire, book, shared.clock(), shared.random());
        changing = new Changing(wire, book, shared.clock());
        doors = new Doors(wire, book, shared.clock(), this::ownAccount);
        deviceQuery = new DeviceQuery(wire, devices);
        leaving = new Leaving(instance, wire, book, intents, shared.clock(), shared.timers());
        picturing = new Picturing(wire, pictures, groupCalls::query, groupCalls::administers, shared.timers());
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

    private void stored() {
        storable = true;
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

    private void stepFailed(Throwable e) {
        log.error("A step of session {} failed; it is loaded anew", instance, e);
        discard(DisconnectCause.PROTOCOL);
    }

    private void storeFailed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof StaleEpochException) {
            log.error("Session {} ends: {}", instance, cause.getMessage());
            var _ = forget();
            lifecycle.discard(DisconnectCause.STORE);
            Thread.startVirtualThread(this::close);
        } else {
            log.error("The state of session {} could not be stored; it is loaded anew", instance, cause);
            discard(DisconnectCause.STORE);
        }
    }

    private void discard(DisconnectCause cause) {
        CompletableFuture<Void> decided = forget();
        lifecycle.discard(cause);
        boolean again = !storable;
        storable = false;
        var _ = decided.thenRun(
                () -> Thread.ofVirtual().name("session-load-" + instance).start(() -> reload(again)));
    }

    /** Completes when nothing is with the store any more: what is read before may be older than the store. */
    private CompletableFuture<Void> forget() {
        steps.reset();
        return intake.reset();
    }

    /** Loads the state anew; after a pause when the last time was for nothing. */
    private void reload(boolean again) {
        if (again) {
            wire.pause(shared.clock().instant().plus(RELOAD_PAUSE));
        }
        while (!over.isDone()) {
            try {
                LoadedState loaded = LoadedState.of(store, instance);
                owner.execute(() -> {
                    book.load(loaded.account(), loaded.groups(), loaded.doubts());
                    lifecycle.loaded(loaded.credentials());
                });
                return;
            } catch (StoreException e) {
                log.error("The state of session {} can't be loaded; trying again", instance, e);
                wire.pause(shared.clock().instant().plus(RELOAD_PAUSE));
            }
        }
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
    public void start() {
        owner.execute(lifecycle::start);
    }

    @Override
    public SessionStatus status() {
        return board.status();
    }

    @Override
    public PairingCode pairingCode(Instant deadline) {
        return linkCalls.pairingCode(Optional.empty(), deadline);
    }

    @Override
    public PairingCode nextPairingCode(PairingCode.Code shown, Instant deadline) {
        return linkCalls.pairingCode(Optional.of(shown), deadline);
    }

    @Override
    public PhoneCode phoneCode(String number, Instant deadline) {
        return linkCalls.phoneCode(number, deadline);
    }

    @Override
    public LogoutOutcome logout(Instant deadline) {
        return linkCalls.logout(deadline);
    }

    @Override
    public void reconnect() {
        owner.execute(lifecycle::reconnect);
    }

    @Override
    public GroupLookup group(Jid group, Instant deadline) {
        return groupCalls.query(group, deadline);
    }

    @Override
    public Optional<Group> cachedGroup(Jid group) {
        return book.find(group).map(KnownGroup::group);
    }

    @Override
    public DeviceLookup devices(Jid person, Instant deadline) {
        return deviceQuery.ask(person, deadline);
    }

    @Override
    public GroupDoors doors() {
        return doors;
    }

    @Override
    public CreateOutcome createGroup(String subject, List<Jid> people, Instant deadline) {
        return creating.create(subject, people, deadline);
    }

    @Override
    public ChangeOutcome change(Jid group, GroupChange change, Instant deadline) {
        return changing.change(group, change, deadline);
    }

    @Override
    public List<LeaveOutcome> leave(List<Jid> groups, Instant deadline) {
        boolean distinct = new HashSet<>(groups).size() == groups.size();
        if (groups.isEmpty()
                || groups.size() > MAX_LEAVES
                || !distinct
                || !groups.stream().allMatch(Jid::isGroup)) {
            throw new IllegalArgumentException("1 to " + MAX_LEAVES + " distinct groups can be left at a time");
        }
        return leaving.leave(List.copyOf(groups), deadline);
    }

    @Override
    public void answered(List<Jid> groups, boolean delivered) {
        leaving.answered(groups, delivered);
    }

    @Override
    public PictureOutcome setPicture(Optional<Jid> group, byte[] jpeg, Instant deadline) {
        return pictureOf(group)
                .map(subject -> picturing.set(subject, jpeg, deadline))
                .orElseGet(() -> new PictureOutcome.NoAnswer(Silence.NOT_LINKED));
    }

    @Override
    public PictureOutcome removePicture(Optional<Jid> group, Instant deadline) {
        return pictureOf(group)
                .map(subject -> picturing.remove(subject, deadline))
                .orElseGet(() -> new PictureOutcome.NoAnswer(Silence.NOT_LINKED));
    }

    /** By the name that groups know us by today. */
    private Optional<Jid> ownAccount() {
        return status().account().map(own -> own.lid().orElse(own.pn()).account());
    }

    private Optional<Jid> pictureOf(Optional<Jid> group) {
        return group.or(() -> status().account().map(account -> account.pn().account()));
    }

    @Override
    public PictureLookup picture(Jid subject, PictureSize size, Instant deadline) {
        return picturing.find(subject, size, deadline);
    }

    @Override
    public void close() {
        over.complete(false);
        owner.execute(lifecycle::close);
        owner.stop();
        whenClosed.accept(this);
    }
}
