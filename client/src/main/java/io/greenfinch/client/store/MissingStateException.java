package io.greenfinch.client.store;

import java.util.Set;

/**
 * A step on a session's own thread needs state that is not in memory. It has changed nothing yet, and is to be done again
 * once these keys were read.
 */
public final class MissingStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Set<StateKey> keys;

    MissingStateException(Set<StateKey> keys) {
        super("state that has to be read first", null, false, false);
        this.keys = keys;
    }

    /** What has to be read. */
    public Set<StateKey> keys() {
        return keys;
    }
}
