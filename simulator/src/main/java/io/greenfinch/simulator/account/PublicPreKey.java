package io.greenfinch.simulator.account;

/**
 * The public half of a one-time prekey. The array is not copied; treat it as read-only.
 *
 * @param id prekey id, below 2^24
 * @param key 32 bytes
 */
public record PublicPreKey(int id, byte[] key) {}
