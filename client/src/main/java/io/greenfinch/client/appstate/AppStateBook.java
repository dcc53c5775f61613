package io.greenfinch.client.appstate;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.appstate.AppStateCollection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Which collections are to be fetched, for something was written that we don't know. Changed on the session's thread, with the stored
 * doubts; read from any.
 */
public final class AppStateBook {

    /** How often each doubted one was doubted. */
    private final Map<AppStateCollection, Integer> doubted = new EnumMap<>(AppStateCollection.class);

    private int doubts;

    private int links;

    /** The book over a session's state. */
    public AppStateBook(SessionState state) {
        state.observe(this::decided);
    }

    /** From then on, and after a restart too, the collection is to be fetched. */
    static Change.Put doubt(AppStateCollection collection) {
        return new Change.Put(StateKind.APP_STATE_DOUBT, collection.wireName(), new byte[0]);
    }

    static Change.Remove settled(AppStateCollection collection) {
        return new Change.Remove(StateKind.APP_STATE_DOUBT, collection.wireName());
    }

    /** What is doubted, by the names under which it is stored. */
    public synchronized void load(Set<String> stored) {
        doubted.clear();
        stored.forEach(this::add);
    }

    /** What is doubted now, each with what {@link #isSince} compares. */
    synchronized Map<AppStateCollection, Integer> doubted() {
        return new EnumMap<>(doubted);
    }

    synchronized boolean doubts(AppStateCollection collection) {
        return doubted.containsKey(collection);
    }

    /** Whether a collection was doubted again since {@link #doubted} told this of it. */
    synchronized boolean isSince(AppStateCollection collection, int told) {
        return doubted.getOrDefault(collection, told) != told;
    }

    /** Another number once the session has another link: what was found out for one is not stored into the next. */
    synchronized int link() {
        return links;
    }

    private synchronized void decided(Change change) {
        if (change.kind() == StateKind.APP_STATE_DOUBT) {
            switch (change) {
                case Change.Put put -> add(put.key());
                case Change.Remove remove -> AppStateCollection.of(remove.key()).ifPresent(doubted::remove);
                case Change.Clear clear -> {
                    doubted.clear();
                    links++;
                }
            }
        }
    }

    private void add(String name) {
        AppStateCollection.of(name).ifPresent(collection -> doubted.put(collection, ++doubts));
    }
}
