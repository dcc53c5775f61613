package io.greenfinch.simulator.phone;

import java.time.Instant;
import java.util.Optional;

/**
 * Something a simulated phone showed its owner: a message, or what happened to a group. {@link #toString} tells no message.
 *
 * @param person whose phone, by push name, or by number without one
 * @param text what a message says, or in plain words what happened, for example {@code Anna left "Team"}
 * @param group the id of the group it is about or in, with server; {@code status@broadcast} for a status update
 * @param at when it happened, in whole seconds
 * @param from who wrote the message, named like {@code person}
 * @param id the id of the message
 */
public record DisplayedText(
        String person, String text, Optional<String> group, Instant at, Optional<String> from, Optional<String> id) {

    /** What happened to a group. */
    public DisplayedText(String person, String text, Optional<String> group, Instant at) {
        this(person, text, group, at, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return "DisplayedText[" + person + ", " + (from.isPresent() ? text.length() + " characters" : text) + "]";
    }
}
