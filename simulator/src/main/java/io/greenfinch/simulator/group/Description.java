package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;

/**
 * A group's description.
 *
 * @param id id of this wording, chosen by who wrote it
 * @param body the text
 * @param author who wrote it
 * @param at when
 */
public record Description(String id, String body, SimulatedAccount author, Instant at) {}
