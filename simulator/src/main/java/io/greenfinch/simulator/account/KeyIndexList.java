package io.greenfinch.simulator.account;

import java.time.Instant;

/**
 * An account's signed list of the key indexes that are valid (specification §7.4).
 *
 * @param at when it was signed
 * @param signed the serialized list; read-only
 */
public record KeyIndexList(Instant at, byte[] signed) {}
