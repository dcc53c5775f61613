package io.greenfinch.simulator.world;

import io.greenfinch.simulator.account.Account;
import io.greenfinch.simulator.group.GroupChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What the simulated phones show their owners. A phone without a network shows nothing until it is online again.
 *
 * <p>Guarded by the world's lock, but for {@link #listen}. Of each phone the last thousand sights are kept; an offline phone
 * catches up with at most as many.
 */
public final class Phones {

    private static final int KEPT = 1000;

    private final World world;
    private final Map<Account, Deque<Seen>> seen = new HashMap<>();
    private final Map<Account, Deque<Seen>> missed = new HashMap<>();
    private final List<Consumer<Seen>> listeners = new CopyOnWriteArrayList<>();

    /** Phones that see what happens in {@code world} from now on. */
    public Phones(World world) {
        this.world = world;
        world.observeGroups(this::show);
    }

    /** Adds a listener, which is called when the world's lock is free, for each change in the order of its sights. */
    public void listen(Consumer<Seen> listener) {
        listeners.add(listener);
    }

    /** What this person's phone showed, oldest first; a copy. */
    public List<Seen> seenBy(Account account) {
        return new ArrayList<>(seen.getOrDefault(account, new ArrayDeque<>()));
    }

    /** Takes a phone's network away or gives it back, upon which it shows what it missed. */
    public void online(Account account, boolean online) {
        account.phone().online(online);
        if (online) {
            Deque<Seen> late = missed.remove(account);
            if (late != null) {
                late.forEach(this::show);
            }
        }
    }

    private void show(GroupChange change) {
        for (Account account : change.scene().audience()) {
            Seen sight = new Seen(
                    account,
                    new Wording(account).of(change),
                    Optional.of(change.scene().group().jid().toString()),
                    change.scene().at());
            if (account.phone().online()) {
                show(sight);
            } else {
                keep(missed, sight);
            }
        }
    }

    private void show(Seen sight) {
        keep(seen, sight);
        listeners.forEach(listener -> world.afterwards(() -> listener.accept(sight)));
    }

    private static void keep(Map<Account, Deque<Seen>> where, Seen sight) {
        Deque<Seen> log = where.computeIfAbsent(sight.person(), _ -> new ArrayDeque<>());
        if (log.size() == KEPT) {
            log.removeFirst();
        }
        log.addLast(sight);
    }
}
