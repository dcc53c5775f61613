package io.greenfinch.simulator.account;

import java.util.List;

/**
 * A companion as a snapshot has it.
 *
 * @param equipped whether it has left one-time prekeys with the service
 * @param sentIds ids of the newest messages that it sent, oldest first
 * @param waiting what it has not acknowledged
 */
public record CompanionSnapshot(
        int number,
        int keyIndex,
        byte[] noiseKey,
        byte[] identity,
        int registrationId,
        int signedPreKeyId,
        byte[] signedPreKey,
        byte[] signedPreKeySignature,
        byte[] signedIdentity,
        String os,
        PreKeyStock preKeys,
        boolean equipped,
        List<String> sentIds,
        List<WaitingStanza> waiting) {

    void restore(SimulatedAccount account) {
        Companion companion = account.link(new CompanionDetails(
                number,
                keyIndex,
                new CompanionKeys(noiseKey, identity, registrationId),
                new PublicSignedPreKey(signedPreKeyId, signedPreKey, signedPreKeySignature),
                signedIdentity,
                os,
                preKeys));
        companion.equipped(equipped);
        sentIds.forEach(companion.recentIds()::restore);
        waiting.forEach(stanza -> companion.mailbox().add(stanza.node()));
    }
}
