package io.greenfinch.simulator.account;

/**
 * Everything that makes a linked companion, once its pairing is complete or when it is read from a snapshot.
 *
 * @param number device number, 1 or more
 * @param keyIndex its index in the account's key-index list, 1 or more
 * @param keys its public keys
 * @param signedPreKey its signed prekey
 * @param signedIdentity the complete ADV identity
 * @param os what it calls itself
 * @param preKeys its one-time prekeys
 */
public record CompanionDetails(
        int number,
        int keyIndex,
        CompanionKeys keys,
        PublicSignedPreKey signedPreKey,
        byte[] signedIdentity,
        String os,
        PreKeyStock preKeys) {}
