package io.greenfinch.client.message;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The session's state as one step sees it: what the step has changed lies over it. Nothing happens before the changes are handed
 * on. For one step, on the session's thread.
 */
public final class PendingState {

    private final SessionState state;
    private final Map<StateKey, Change> changed = new LinkedHashMap<>();

    /** What is stored, and nothing changed yet. */
    public PendingState(SessionState state) {
        this.state = state;
    }

    /** One entry; throws as {@link SessionState#find}. */
    public Optional<byte[]> find(StateKey key) {
        Change change = changed.get(key);
        if (change == null) {
            return state.find(key);
        }
        return change instanceof Change.Put put ? Optional.of(put.value()) : Optional.empty();
    }

    /** Sets one entry. */
    public void put(StateKey key, byte[] value) {
        changed.put(key, new Change.Put(key.kind(), key.key(), value));
    }

    /** Removes one entry. */
    public void remove(StateKey key) {
        changed.put(key, new Change.Remove(key.kind(), key.key()));
    }

    /** What is to be stored. */
    public List<Change> changes() {
        return new ArrayList<>(changed.values());
    }
}
