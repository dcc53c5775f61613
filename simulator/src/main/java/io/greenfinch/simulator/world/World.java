package io.greenfinch.simulator.world;

import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.account.Accounts;
import io.greenfinch.simulator.account.Device;
import io.greenfinch.simulator.account.DeviceChange;
import io.greenfinch.simulator.group.GroupChange;
import io.greenfinch.simulator.group.GroupCreation;
import io.greenfinch.simulator.group.GroupRules;
import io.greenfinch.simulator.group.GroupSettings;
import io.greenfinch.simulator.group.Groups;
import io.greenfinch.simulator.group.Invitations;
import io.greenfinch.simulator.group.JoinRequests;
import io.greenfinch.simulator.group.Leaving;
import io.greenfinch.simulator.group.Participants;
import io.greenfinch.simulator.picture.PictureChange;
import io.greenfinch.simulator.picture.Pictures;
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
 * <p>Thread-safe through {@link #change} and {@link #read}: everything reached from a world may only be touched inside them. Changes
 * announced during a {@code change} are published to the observers at its end, still locked and in order; what has to wait for the lock
 * to be free, like writing to sockets, is put off with {@link #afterwards}.
 */
public final class World {

    private static final Logger log = LoggerFactory.getLogger(World.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Accounts accounts;
    private final Groups groups;
    private final GroupCreation creation;
    private final Participants participants;
    private final GroupSettings settings;
    private final Leaving leaving;
    private final Invitations invitations;
    private final JoinRequests joinRequests;
    private final Pictures pictures;
    private final Clock clock;
    private final SecureRandom random;
    private final List<Consumer<GroupChange>> groupObservers = new CopyOnWriteArrayList<>();
    private final List<Consumer<DeviceChange>> deviceObservers = new CopyOnWriteArrayList<>();
    private final List<Consumer<PictureChange>> pictureObservers = new CopyOnWriteArrayList<>();
    private final List<Runnable> changeObservers = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> announcements = new ArrayDeque<>();
    private Set<Runnable> afterwards = new LinkedHashSet<>();

    /** An empty world. */
    public World(GroupRules rules, Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        accounts = new Accounts(random);
        groups = new Groups(random);
        creation = new GroupCreation(groups, accounts, rules, clock, random, this::announce);
        participants = new Participants(groups, accounts, rules, clock, random, this::announce);
        settings = new GroupSettings(groups, rules, clock, this::announce);
        leaving = new Leaving(groups, clock, this::announce);
        invitations = new Invitations(groups, accounts, rules, clock, this::announce);
        joinRequests = new JoinRequests(groups, accounts, rules, clock, this::announce);
        pictures = new Pictures(groups, accounts, clock, random, this::announce, this::announce);
    }

    public Accounts accounts() {
        return accounts;
    }

    public Groups groups() {
        return groups;
    }

    public GroupCreation creation() {
        return creation;
    }

    public Participants participants() {
        return participants;
    }

    public GroupSettings settings() {
        return settings;
    }

    public Leaving leaving() {
        return leaving;
    }

    public Invitations invitations() {
        return invitations;
    }

    public JoinRequests joinRequests() {
        return joinRequests;
    }

    public Pictures pictures() {
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

    /** Adds an observer of groups. It is called while the world is locked. */
    public void observeGroups(Consumer<GroupChange> observer) {
        groupObservers.add(observer);
    }

    /** Adds an observer of device lists. It is called while the world is locked. */
    public void observeDevices(Consumer<DeviceChange> observer) {
        deviceObservers.add(observer);
    }

    /** Adds an observer of people's pictures. It is called while the world is locked. */
    public void observePictures(Consumer<PictureChange> observer) {
        pictureObservers.add(observer);
    }

    /** Adds an observer that is called after every change, when the world is free again. */
    public void observeChanges(Runnable observer) {
        changeObservers.add(observer);
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
                changeObservers.forEach(World::tell);
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
        for (Runnable next = announcements.poll(); next != null; next = announcements.poll()) {
            next.run();
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

    private void announce(GroupChange change) {
        announcements.add(() -> groupObservers.forEach(observer -> observer.accept(change)));
    }

    private void announce(PictureChange change) {
        announcements.add(() -> pictureObservers.forEach(observer -> observer.accept(change)));
    }

    /** Tells the world that a companion was linked. */
    public void linked(Device device) {
        announce(new DeviceChange.Linked(device));
    }

    /** Unlinks a companion; says whether it was linked. */
    public boolean unlink(Device device) {
        boolean wasLinked = device.account().unlink(device);
        if (wasLinked) {
            announce(new DeviceChange.Unlinked(device));
        }
        return wasLinked;
    }

    /** The account's phone registers anew: its companions are unlinked, its contacts learn that its keys are others. */
    public void registerAnew(Account account) {
        List.copyOf(account.devices()).forEach(this::unlink);
        account.registerAnew();
        announce(new DeviceChange.Renewed(account));
    }

    private void announce(DeviceChange change) {
        announcements.add(() -> deviceObservers.forEach(observer -> observer.accept(change)));
    }

    /** Everybody who shares a group with this account, itself left out. */
    public Set<Account> acquaintances(Account account) {
        Set<Account> found = new LinkedHashSet<>();
        groups.of(account).forEach(group -> found.addAll(group.accounts()));
        found.remove(account);
        return found;
    }
}
