package io.greenfinch.simulator;

/**
 * Something a simulated phone showed its owner.
 *
 * @param person whose phone, by push name, or by number without one
 * @param text in plain words, for example {@code Anna left "Team"}
 */
public record Sighting(String person, String text) {}
