package io.greenfinch.simulator.account;

/**
 * The public half of a signed prekey. The arrays are not copied; treat them as read-only.
 *
 * @param id prekey id, below 2^24
 * @param key 32 bytes
 * @param signature 64 bytes, over the serialized key by the identity key (specification §11.1)
 */
public record PublicSignedPreKey(int id, byte[] key, byte[] signature) {}
