package io.greenfinch.client.appstate;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.protocol.appstate.AccountAction;
import java.time.Instant;
import java.util.List;

/**
 * What all devices of the account know in common (specification §23). What others do is told by
 * {@link io.greenfinch.client.SessionEvent.AppStateChanged}; what we do as well, once WhatsApp has it.
 *
 * <p>Thread-safe. Blocks the calling (virtual) thread until there is an outcome or the deadline has passed; one writes at a time.
 */
public interface AppState {

    /**
     * Does something that all devices learn. Where another device has written meanwhile, that is read first; where an answer is
     * lost, WhatsApp is asked whether it has it. What was done of several collections stays done when a later one fails.
     *
     * @param actions at least one; about different things
     * @return the number of actions; unknown as {@code NOT_SENT} as long as the phone has not shared the keys
     */
    Outcome<Integer> write(List<AccountAction> actions, Instant deadline);
}
