package io.greenfinch.client.presence;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether somebody is there, as far as WhatsApp tells us.
 *
 * @param online whether they are there now
 * @param at when they were last; empty when they are there, or don't let us know
 */
public record LastSeen(boolean online, Optional<Instant> at) {

    /** Nothing is told. */
    public static final LastSeen UNTOLD = new LastSeen(false, Optional.empty());
}
