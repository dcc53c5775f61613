package io.greenfinch.simulator.account;

/**
 * The public keys a companion is known by. The arrays are not copied; treat them as read-only.
 *
 * @param noiseKey 32 bytes, seen in the handshake and in the QR code
 * @param identity 32 bytes, the Signal identity
 * @param registrationId Signal registration id
 */
public record CompanionKeys(byte[] noiseKey, byte[] identity, int registrationId) {}
