package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Duration;
import java.time.Instant;

/**
 * An invitation for one person, whom privacy settings kept from being added: the member who tried sends it as a message
 * (specification §16.5, §16.7).
 *
 * @param inviter who wanted to add the person
 * @param code what the person shows to come in
 * @param expiration until when it is good, in whole seconds
 */
public record PersonalInvitation(SimulatedAccount inviter, String code, Instant expiration) {

    static final Duration LIFE = Duration.ofDays(3);
}
