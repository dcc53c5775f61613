package io.greenfinch.simulator.phone;

import java.time.Instant;
import java.util.Optional;

/**
 * Something a simulated phone showed its owner.
 *
 * @param person whose phone, by push name, or by number without one
 * @param text in plain words, for example {@code Anna left "Team"}
 * @param group the id of the group it is about, with server
 * @param at when it happened, in whole seconds
 */
public record DisplayedText(String person, String text, Optional<String> group, Instant at) {}
