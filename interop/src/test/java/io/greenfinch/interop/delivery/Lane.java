package io.greenfinch.interop.delivery;

import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.Subject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Texts of a correspondence that are written one after the other, by one instance or by people on their phones, and have growing numbers:
 * whoever gets them gets them in this order. Whoever writes holds {@link #turn}. Thread-safe.
 */
final class Lane {

    /**
     * A text that was taken.
     *
     * @param writer whose phone it was written on; empty when an instance sent it
     */
    record Taken(String id, Optional<Person> writer) {}

    final String name;
    final Correspondence correspondence;
    private final Optional<Subject> sender;
    final ReentrantLock turn = new ReentrantLock();
    private final SortedMap<Long, Taken> taken = new TreeMap<>();
    private final Set<Long> unanswered = new HashSet<>();
    private long last;

    private Lane(String name, Correspondence correspondence, Optional<Subject> sender) {
        this.name = name;
        this.correspondence = correspondence;
        this.sender = sender;
    }

    /** What an instance sends. */
    static Lane of(Subject sender, Correspondence correspondence) {
        String name =
                "c%d-i%s".formatted(correspondence.number(), sender.instance().idInstance());
        return new Lane(name, correspondence, Optional.of(sender));
    }

    /** What people write on their phones. */
    static Lane ofPhones(Correspondence correspondence) {
        return new Lane("c%d-phones".formatted(correspondence.number()), correspondence, Optional.empty());
    }

    /** The instance that sends; empty for phones. */
    Optional<Subject> sender() {
        return sender;
    }

    /** The number of the next text. */
    synchronized long next() {
        return ++last;
    }

    /** The text of a number. */
    String text(long number, String filler) {
        return "%s %d %s".formatted(name, number, filler);
    }

    /** Somebody has said that a text was taken. */
    synchronized void took(long number, Taken text) {
        taken.put(number, text);
    }

    /** Nobody has said whether a text was taken, and nobody was asked again. */
    synchronized void heardNothing(long number) {
        unanswered.add(number);
    }

    /** What was taken, by number; a copy. */
    synchronized SortedMap<Long, Taken> taken() {
        return new TreeMap<>(taken);
    }

    /** Those of which nobody knows; a copy. */
    synchronized Set<Long> unanswered() {
        return Set.copyOf(unanswered);
    }
}
