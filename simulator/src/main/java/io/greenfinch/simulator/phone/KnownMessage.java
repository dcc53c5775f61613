package io.greenfinch.simulator.phone;

import io.greenfinch.protocol.proto.Message;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.time.Instant;

/**
 * A message that a phone read or wrote, as far as it needs it to answer it, or to send it again.
 *
 * @param id its id
 * @param chat where it is
 * @param author who wrote it
 * @param content what it says
 * @param at when it was written
 */
record KnownMessage(String id, Chat chat, SimulatedAccount author, Message content, Instant at) {

    @Override
    public String toString() {
        return "KnownMessage[" + id + "]";
    }
}
