package io.greenfinch.interop.methods;

import io.greenfinch.interop.service.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Where an instance writes. Only its own caller writes there, and whoever is in it stays in it, so that what was taken is seen by all
 * of them. For one thread.
 *
 * @param chatId as the API writes it
 * @param group id of the group; empty for a chat of two
 * @param people who is in it beside our account
 */
record Chat(String name, String chatId, Optional<String> group, List<Person> people, State state) {

    /** What was written, and what was done to it. */
    static final class State {
        private final List<SentMessage> taken = new ArrayList<>();
        private final Set<String> changed = new HashSet<>();
        private long last;
    }

    Chat(String name, String chatId, Optional<String> group, List<Person> people) {
        this(name, chatId, group, people, new State());
    }

    /** A text that no other message has. */
    String newText() {
        return "%s %d".formatted(name, ++state.last);
    }

    void took(SentMessage message) {
        state.taken.add(message);
    }

    /** What was taken, in order. */
    List<SentMessage> taken() {
        return state.taken;
    }

    /** A message to which nothing was done and nothing will be done but this. */
    Optional<SentMessage> toChange(RandomGenerator random, boolean text) {
        Optional<SentMessage> found = untouched(random, text);
        found.ifPresent(message -> state.changed.add(message.id()));
        return found;
    }

    /** A message as it was written. */
    Optional<SentMessage> untouched(RandomGenerator random, boolean text) {
        List<SentMessage> some = state.taken.stream()
                .filter(message -> !message.type().isEmpty() && !state.changed.contains(message.id()))
                .filter(message -> !text || message.isText())
                .toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
    }
}
