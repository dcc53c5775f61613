package io.greenfinch.simulator.account;

import org.jspecify.annotations.Nullable;

/**
 * A phone as a snapshot has it. Private keys are missing as long as the phone did not need them.
 *
 * @param identity private identity key
 * @param signedPreKey private signed prekey
 * @param lastPreKey id of the prekey handed out last
 */
public record PhoneState(
        int registrationId,
        long rawId,
        byte @Nullable [] identity,
        byte @Nullable [] signedPreKey,
        byte @Nullable [] signedPreKeySignature,
        int lastPreKey,
        boolean online) {}
