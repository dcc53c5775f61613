package io.greenfinch.simulator.account;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A phone as a snapshot has it. Keys are missing as long as the phone did not need them.
 *
 * @param identity private identity key
 * @param signedPreKey private signed prekey
 * @param lastPreKey id of the prekey handed out last
 * @param preKeys private one-time prekeys that were handed out, by id, oldest first
 * @param waiting what it has not read yet, being offline
 */
public record PhoneSnapshot(
        int registrationId,
        long rawId,
        byte @Nullable [] identity,
        byte @Nullable [] signedPreKey,
        byte @Nullable [] signedPreKeySignature,
        int lastPreKey,
        Map<Integer, byte[]> preKeys,
        boolean online,
        List<WaitingStanza> waiting) {}
