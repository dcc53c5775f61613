package io.greenfinch.client.store;

import java.util.Arrays;
import java.util.Objects;

/** One change to an instance's state, applied in order with the others of its commit or not at all. */
public sealed interface Change {

    /** The length of the longest key. */
    int MAX_KEY = 255;

    /** The key-value space it changes. */
    StateKind kind();

    /**
     * Sets one entry, new or not.
     *
     * @param key at most {@value #MAX_KEY} characters
     * @param value treated as read-only by both sides
     */
    record Put(StateKind kind, String key, byte[] value) implements Change {
        @Override
        public boolean equals(Object other) {
            return other instanceof Put put
                    && kind == put.kind
                    && key.equals(put.key)
                    && Arrays.equals(value, put.value);
        }

        @Override
        public int hashCode() {
            return Objects.hash(kind, key, Arrays.hashCode(value));
        }

        @Override
        public String toString() {
            return "Put[" + kind + " " + key + ", " + value.length + " bytes]";
        }
    }

    /** Removes one entry; nothing happens when there is none. */
    record Remove(StateKind kind, String key) implements Change {}

    /** Removes all entries of a kind. */
    record Clear(StateKind kind) implements Change {}
}
