package io.greenfinch.simulator.group;

/**
 * The participant version of a group after and before a change, {@code v_id} and {@code prev_v_id} in stanzas.
 *
 * @param now after the change
 * @param before before it
 */
public record Versions(long now, long before) {}
