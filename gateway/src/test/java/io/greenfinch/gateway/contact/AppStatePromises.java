package io.greenfinch.gateway.contact;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What may be found of each thing that calls have changed: what the last one with an answer made of it, or what a later one without an
 * answer wanted. Thread-safe, as long as one thread at a time changes one thing.
 */
final class AppStatePromises {

    /** Of a contact that is none, and of a chat that is not in the archive. */
    static final String NOTHING = "";

    private static final Set<String> UNTOUCHED = Set.of(NOTHING);

    private final Map<String, Set<String>> possible = new ConcurrentHashMap<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    /** What may be found of a thing. */
    Set<String> of(String thing) {
        return possible.getOrDefault(thing, UNTOUCHED);
    }

    /** All things that were changed, or were to be. */
    Set<String> things() {
        return possible.keySet();
    }

    /** A call is about to be made; tells what might be found before. */
    Set<String> asked(String thing, String value) {
        Set<String> before = of(thing);
        Set<String> after = new HashSet<>(before);
        after.add(value);
        possible.put(thing, Set.copyOf(after));
        open.incrementAndGet();
        return before;
    }

    /** It was answered with success. */
    void kept(String thing, String value) {
        possible.put(thing, Set.of(value));
        open.decrementAndGet();
        kept.incrementAndGet();
    }

    /** It was answered so that nothing was done. */
    void refused(String thing, Set<String> before) {
        possible.put(thing, before);
        open.decrementAndGet();
    }

    /** How many calls were answered with success. */
    int kept() {
        return kept.get();
    }

    /** Of how many nobody knows what became of them. */
    int open() {
        return open.get();
    }
}
