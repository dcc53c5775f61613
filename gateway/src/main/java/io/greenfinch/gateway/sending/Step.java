package io.greenfinch.gateway.sending;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a message has come that an instance is at.
 *
 * @param typed whether typing was shown, where it is to be
 * @param begun whether it may have been sent
 * @param decided when WhatsApp said what becomes of it
 */
record Step(boolean typed, boolean begun, Optional<Instant> decided) {

    /** Typing was shown, and nothing else was done. */
    static final Step TYPED = new Step(true, false, Optional.empty());

    /** The same, and typing was shown. */
    Step withTyping() {
        return new Step(true, begun, decided);
    }
}
