package io.greenfinch.simulator.world;

import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.Companion;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.Communities;
import io.greenfinch.simulator.group.GroupDepartures;
import io.greenfinch.simulator.group.GroupDirectory;
import io.greenfinch.simulator.group.GroupFoundation;
import io.greenfinch.simulator.group.GroupRules;
import io.greenfinch.simulator.group.GroupSettings;
import io.greenfinch.simulator.group.Invitations;
import io.greenfinch.simulator.group.MembershipRequests;
import io.greenfinch.simulator.group.Participants;
import io.greenfinch.simulator.group.SimulatedGroupEvent;
import io.greenfinch.simulator.picture.PictureStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that exists in the simulated service, under one lock, so that all changes have one order that everybody sees
 * (specification §27.3).
 *
 * <p>Thread-safe through {@link #change}, {@link #note} and {@link #read}: everything reached from a world may only be touched inside
 * them. What happens during a {@code change} is published to the subscribers at its end, still locked and in order; what has to wait
 * for the lock to be free, like writing to sockets, is put off with {@link #afterwards}.
 */
public final class World {

    private static final Logger log = LoggerFactory.getLogger(World.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Accounts accounts;
    private final GroupDirectory groups;
    private final GroupFoundation creation;
    private final Communities communities;
    private final Participants participants;
    private final GroupSettings settings;
    private final GroupDepartures departures;
    private final Invitations invitations;
    private final MembershipRequests membershipRequests;
    private final PictureStore pictures;
    private final Clock clock;
    private final SecureRandom random;
    private final List<Consumer<WorldEvent>> subscribers = new CopyOnWriteArrayList<>();
    private final List<Runnable> changeListeners = new CopyOnWriteArrayList<>();
    private final Queue<WorldEvent> announced = new ArrayDeque<>();
    private Set<Runnable> afterwards = new LinkedHashSet<>();

    /** An empty world. */
    public World(GroupRules rules, Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        accounts = new Accounts(random);
        groups = new GroupDirectory(random);
        Consumer<SimulatedGroupEvent> changes = this::changed;
        creation = new GroupFoundation(groups, accounts, rules, clock, random, changes);
        communities = new Communities(groups, creation, clock, changes);
        participants = new Participants(groups, accounts, rules, clock, random, changes);
        settings = new GroupSettings(groups, rules, clock, changes);
        departures = new GroupDepartures(groups, clock, changes);
        invitations = new Invitations(groups, accounts, rules, clock, changes);
        membershipRequests = new MembershipRequests(groups, accounts, rules, clock, changes);
        pictures = new PictureStore(
                groups, accounts, clock, random, changes, change -> announce(new WorldEvent.PictureChanged(change)));
    }

    private void changed(SimulatedGroupEvent event) {
        announce(new WorldEvent.GroupChanged(event));
        communities.follow(event);
    }

    public Accounts accounts() {
        return accounts;
    }

    public GroupDirectory groups() {
        return groups;
    }

    public GroupFoundation creation() {
        return creation;
    }

    public Communities communities() {
        return communities;
    }

    public Participants participants() {
        return participants;
    }

    public GroupSettings settings() {
        return settings;
    }

    public GroupDepartures departures() {
        return departures;
    }

    public Invitations invitations() {
        return invitations;
    }

    public MembershipRequests membershipRequests() {
        return membershipRequests;
    }

    public PictureStore pictures() {
        return pictures;
    }

    public Clock clock() {
        return clock;
    }

    public SecureRandom random() {
        return random;
    }

    /** Seconds since the epoch, as stanzas have them. */
    public long seconds() {
        return clock.instant().getEpochSecond();
    }

    /** Has {@code subscriber} told of everything that happens from now on, in order, while the world is locked. */
    public void subscribe(Consumer<WorldEvent> subscriber) {
        subscribers.add(subscriber);
    }

    /** Has {@code listener} called after every {@link #change}, when the world is free again. */
    public void onChange(Runnable listener) {
        changeListeners.add(listener);
    }

    /** Does something that changes the world, alone. Must not wait for anything. */
    public <T> T change(Supplier<T> work) {
        return alone(work, true);
    }

    /** {@link #change(Supplier)} without a result. */
    public void change(Runnable work) {
        change(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Notes, alone, what is no reason to tell of a change: that something was acknowledged, that a connection ended. Must not wait for
     * anything.
     */
    public void note(Runnable work) {
        alone(
                () -> {
                    work.run();
                    return true;
                },
                false);
    }

    /** Looks at the world, alone. Must not wait for anything. */
    public <T> T read(Supplier<T> work) {
        return alone(work, false);
    }

    private <T> T alone(Supplier<T> work, boolean changes) {
        Set<Runnable> later = Set.of();
        lock.lock();
        try {
            try {
                return work.get();
            } finally {
                publish();
                if (lock.getHoldCount() == 1) {
                    later = takeAfterwards();
                }
            }
        } finally {
            lock.unlock();
            later.forEach(World::tell);
            if (changes && !lock.isHeldByCurrentThread()) {
                changeListeners.forEach(World::tell);
            }
        }
    }

    /** Nobody who is told of a change keeps the next one from hearing of it. */
    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.error("somebody who was told of a change failed", e);
        }
    }

    private Set<Runnable> takeAfterwards() {
        if (afterwards.isEmpty()) {
            return Set.of();
        }
        Set<Runnable> taken = afterwards;
        afterwards = new LinkedHashSet<>();
        return taken;
    }

    /** Publishes what was announced so far now, instead of at the end of the change. */
    public void publish() {
        for (WorldEvent next = announced.poll(); next != null; next = announced.poll()) {
            WorldEvent event = next;
            subscribers.forEach(subscriber -> subscriber.accept(event));
        }
    }

    /** Puts something off until the lock is free; the same object only once. Done at once by a thread that does not hold the lock. */
    public void afterwards(Runnable work) {
        if (lock.isHeldByCurrentThread()) {
            afterwards.add(work);
        } else {
            work.run();
        }
    }

    private void announce(WorldEvent event) {
        announced.add(event);
    }

    /** Tells the world that a companion was linked. */
    public void linked(Companion companion) {
        announce(new WorldEvent.Linked(companion));
    }

    /** Tells the world that a companion left its first one-time prekeys with the service. */
    public void equipped(Companion companion) {
        announce(new WorldEvent.Equipped(companion));
    }

    /** Tells the world that a device wrote to the app state of its account. */
    public void appStateChanged(Device writer, AppStateCollection collection) {
        long version = writer.account().appState().log(collection).version();
        announce(new WorldEvent.AppStateChanged(writer, collection, version));
    }

    /** A device blocks somebody, or takes that back, for its account. */
    public void block(Device device, SimulatedAccount person, boolean blocked) {
        SimulatedAccount account = device.account();
        String before = account.blockListHash();
        boolean changed =
                blocked ? account.blocked().add(person) : account.blocked().remove(person);
        if (changed) {
            announce(new WorldEvent.BlockListChanged(device, person, blocked, before));
        }
    }

    /** Tells the world that a device changed its account's privacy settings. */
    public void privacyChanged(Device device) {
        announce(new WorldEvent.PrivacyChanged(device));
    }

    /** Unlinks a companion; says whether it was linked. */
    public boolean unlink(Companion companion) {
        boolean wasLinked = companion.account().unlink(companion);
        if (wasLinked) {
            announce(new WorldEvent.Unlinked(companion));
        }
        return wasLinked;
    }

    /** The account's phone registers anew: its companions are unlinked, its contacts learn that its keys are others. */
    public void registerAnew(SimulatedAccount account) {
        List.copyOf(account.companions()).forEach(this::unlink);
        account.registerAnew();
        announce(new WorldEvent.RegisteredAnew(account));
    }

    /** Everybody who shares a group with this account or has a chat with it, itself left out. */
    public Set<SimulatedAccount> correspondents(SimulatedAccount account) {
        Set<SimulatedAccount> found = acquaintances(account);
        found.addAll(account.newChats().partners());
        found.remove(account);
        return found;
    }

    /** Everybody who shares a group with this account, itself left out. */
    public Set<SimulatedAccount> acquaintances(SimulatedAccount account) {
        Set<SimulatedAccount> found = new LinkedHashSet<>();
        groups.of(account).forEach(group -> found.addAll(group.accounts()));
        found.remove(account);
        return found;
    }
}
