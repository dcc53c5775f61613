package io.greenfinch.simulator.fault;

import io.greenfinch.protocol.binary.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The faults that were ordered, oldest first. One stanza is hit by at most one of them: the oldest that is armed and matches. Faults that
 * happened as often as ordered stay in the list, so that a test can see how often they fired. Thread-safe.
 */
public final class Faults {

    /** How many faults may be ordered at a time. */
    public static final int LIMIT = 1000;

    private final List<Fault> faults = new ArrayList<>();
    private long lastId;

    /** Orders a fault; empty when there are {@value #LIMIT} already. */
    public synchronized Optional<Fault> order(Match match, Effect effect, int times) {
        if (faults.size() >= LIMIT) {
            return Optional.empty();
        }
        lastId++;
        Fault fault = new Fault(lastId, match, effect, times, 0);
        faults.add(fault);
        return Optional.of(fault);
    }

    /** All faults, oldest first; a copy. */
    public synchronized List<Fault> all() {
        return new ArrayList<>(faults);
    }

    /** Takes a fault away; says whether there was one. */
    public synchronized boolean remove(long id) {
        return faults.removeIf(fault -> fault.id() == id);
    }

    /** Takes all faults away. */
    public synchronized void clear() {
        faults.clear();
    }

    /** What is to go wrong with this request or this pushed stanza. */
    public Optional<Effect> hit(Party who, Node stanza) {
        return hit(who, stanza, stanza.tag());
    }

    /** What is to go wrong with a stanza that goes by this name here. */
    public synchronized Optional<Effect> hit(Party who, Node stanza, String name) {
        return fire(fault -> !(fault.effect() instanceof Effect.LoginFailure)
                && !(fault.effect() instanceof Effect.LinkDown)
                && fault.match().hits(who)
                && fault.match().stanza(stanza, name));
    }

    /** Whether this login is to fail, or to be cut because the companion's link is down. */
    public synchronized Optional<Effect> hitLogin(Party who) {
        return fire(
                fault -> (fault.effect() instanceof Effect.LoginFailure || fault.effect() instanceof Effect.LinkDown)
                        && fault.match().hits(who));
    }

    /** Whether a new connection, of whom nobody can know yet, is to be refused. */
    public synchronized boolean refusesConnections() {
        return fire(fault -> fault.effect() instanceof Effect.LinkDown
                        && !fault.match().limited())
                .isPresent();
    }

    private Optional<Effect> fire(Predicate<Fault> applies) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (fault.armed() && applies.test(fault)) {
                faults.set(i, fault.once());
                return Optional.of(fault.effect());
            }
        }
        return Optional.empty();
    }
}
