package io.greenfinch.simulator.world;

import io.greenfinch.simulator.account.Account;
import java.time.Instant;
import java.util.Optional;

/**
 * Something a simulated phone showed its owner.
 *
 * @param person whose phone
 * @param text in plain words, for example {@code Anna left "Team"}
 * @param group the id of the group it is about, with server
 * @param at when it happened
 */
public record Seen(Account person, String text, Optional<String> group, Instant at) {}
