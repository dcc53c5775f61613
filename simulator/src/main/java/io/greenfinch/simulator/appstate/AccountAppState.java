package io.greenfinch.simulator.appstate;

import io.greenfinch.protocol.appstate.AppStateCollection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The app state of one account as the service has it. Guarded by the world's lock. */
public final class AccountAppState {

    private final Map<AppStateCollection, PatchLog> logs = new EnumMap<>(AppStateCollection.class);

    /** The patches of a collection. */
    public PatchLog log(AppStateCollection collection) {
        return logs.computeIfAbsent(collection, _ -> new PatchLog());
    }

    /** Forgets everything. */
    public void clear() {
        logs.clear();
    }

    /** All patches, by the names of the collections; they are shared, and not to be changed. */
    public Map<String, List<byte[]>> saved() {
        Map<String, List<byte[]>> saved = new TreeMap<>();
        logs.forEach((collection, log) -> {
            if (log.version() > 0) {
                saved.put(collection.wireName(), List.copyOf(log.since(0)));
            }
        });
        return saved;
    }

    /**
     * Fills one that is still empty.
     *
     * @throws IllegalArgumentException when it names a collection that there is not
     */
    public void restore(Map<String, List<byte[]>> saved) {
        saved.forEach((name, patches) -> AppStateCollection.of(name)
                .map(this::log)
                .orElseThrow(() -> new IllegalArgumentException("there is no collection " + name))
                .restore(patches));
    }
}
