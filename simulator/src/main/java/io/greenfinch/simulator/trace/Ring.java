package io.greenfinch.simulator.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last so many of something. Thread-safe. */
final class Ring<T> {

    private final @Nullable Object[] slots;
    private long added;

    Ring(int size) {
        slots = new Object[size];
    }

    synchronized void add(T item) {
        slots[(int) (added % slots.length)] = item;
        added++;
    }

    /** What is kept, oldest first; a copy. */
    @SuppressWarnings("unchecked") // only add() writes slots
    synchronized List<T> all() {
        List<T> all = new ArrayList<>();
        for (long i = Math.max(0, added - slots.length); i < added; i++) {
            Object item = slots[(int) (i % slots.length)];
            if (item != null) {
                all.add((T) item);
            }
        }
        return all;
    }
}
