package io.greenfinch.client.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Who may read history at a time: a few sessions of a process, so that many that are linked together take no more memory than
 * these. Thread-safe; never blocks.
 */
public final class HistoryPlaces {

    private static final int PLACES = 2;

    /** Leave to read, or the prospect of it. */
    static final class Place {

        private final CompletableFuture<Boolean> there = new CompletableFuture<>();

        /** Completes when it is so far. */
        CompletableFuture<Boolean> there() {
            return there;
        }
    }

    private final Deque<Place> waiting = new ArrayDeque<>(0);
    private int free = PLACES;

    /** A place, at once or as soon as there is one. Who asks gives it back, or gives it up. */
    synchronized Place take() {
        Place place = new Place();
        if (free > 0) {
            free--;
            place.there.complete(true);
        } else {
            waiting.add(place);
        }
        return place;
    }

    /** The place is not needed any more, whether it was there already or not. */
    void giveBack(Place place) {
        Place next;
        synchronized (this) {
            if (waiting.remove(place)) {
                return;
            }
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.there.complete(true);
    }
}
