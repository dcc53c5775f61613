package io.greenfinch.simulator.group;

import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;
import java.util.Locale;

/**
 * A request to come into a group, which its admins are to decide (specification §16.7).
 *
 * @param person who is to come in
 * @param requestor who asked for it: the person, or a member
 * @param method how it came about
 * @param at when
 */
public record MembershipRequest(SimulatedAccount person, SimulatedAccount requestor, Method method, Instant at) {

    /** How a request comes about. */
    public enum Method {
        /** The person used the group's invite link. */
        INVITE_LINK,
        /** A member who is no admin wanted to add the person. */
        NON_ADMIN_ADD;

        /** The word that stanzas have for it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
