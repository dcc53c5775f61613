package io.greenfinch.simulator.account;

import java.util.List;

/**
 * A companion as a snapshot has it.
 *
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
        if (preKeys.size() > 0) {
            companion.restoreEquipped();
        }
        waiting.forEach(stanza -> companion.mailbox().add(stanza.node()));
    }
}
