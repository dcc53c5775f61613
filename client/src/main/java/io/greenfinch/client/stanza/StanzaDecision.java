package io.greenfinch.client.stanza;

import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.store.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What one stanza means: what is to be stored and told, what changes in memory beside it, and how the stanza is answered.
 * Nothing of it has happened yet. Belongs to the session's thread.
 */
public final class StanzaDecision {

    private final List<Change> changes = new ArrayList<>(2);
    private final List<SessionEvent> events = new ArrayList<>(1);
    private final List<Runnable> effects = new ArrayList<>(1);
    private final List<Runnable> followUps = new ArrayList<>(0);
    private Supplier<CompletableFuture<Void>> condition = StanzaDecision::atOnce;
    private int error;

    /** A stanza that means nothing more than that it came. */
    public static StanzaDecision nothing() {
        return new StanzaDecision();
    }

    /** A stanza that we refuse (specification §15.4). */
    public static StanzaDecision refusal(int error) {
        StanzaDecision decision = new StanzaDecision();
        decision.error = error;
        return decision;
    }

    /** A stanza that does not say what it must say. */
    public static StanzaDecision unparsable() {
        return refusal(StanzaErrors.MALFORMED);
    }

    /**
     * To be stored.
     *
     * @throws IllegalArgumentException for a key that no store takes: that is this stanza's fault, and must not become that of
     *     all with which it would be committed
     */
    public StanzaDecision change(Change change) {
        if (change instanceof Change.Put put && put.key().length() > Change.MAX_KEY) {
            throw new IllegalArgumentException("a key of " + put.key().length() + " characters");
        }
        changes.add(change);
        return this;
    }

    /** To be told once it is stored. */
    public StanzaDecision event(SessionEvent event) {
        events.add(event);
        return this;
    }

    /** To be done in memory, as soon as the decision stands. */
    public StanzaDecision effect(Runnable effect) {
        effects.add(effect);
        return this;
    }

    /** To be done after the stanza is answered. */
    public StanzaDecision then(Runnable followUp) {
        followUps.add(followUp);
        return this;
    }

    /** Begun when the decision stands; the stanza is answered only after it. What fails keeps the stanza unanswered. */
    public StanzaDecision after(Supplier<CompletableFuture<Void>> work) {
        condition = work;
        return this;
    }

    public List<Change> changes() {
        return changes;
    }

    public List<SessionEvent> events() {
        return events;
    }

    /** What changes in memory beside the stored state, in this order. */
    public List<Runnable> effects() {
        return effects;
    }

    List<Runnable> followUps() {
        return followUps;
    }

    private static CompletableFuture<Void> atOnce() {
        return CompletableFuture.completedFuture(null);
    }

    CompletableFuture<Void> begin() {
        return condition.get();
    }

    /** The error with which the stanza is answered; 0 for none. */
    int error() {
        return error;
    }
}
