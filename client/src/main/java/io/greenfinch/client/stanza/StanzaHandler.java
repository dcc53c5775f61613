package io.greenfinch.client.stanza;

import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Node;
import java.util.Collection;
import java.util.List;

/**
 * Knows what one kind of stanza means. Belongs to the session's thread, and must be quick.
 *
 * <p>It decides and changes nothing: when it throws, whatever it throws, all is as before. The stanza is then answered with
 * the fitting error, and the session lives on.
 */
@FunctionalInterface
public interface StanzaHandler {

    /** What the stanza means; asked again when state had to be read first. */
    StanzaDecision decide(Node stanza);

    /** The state that a decision will need, as far as the stanza shows it; read in one batch with that of others. */
    default Collection<StateKey> needs(Node stanza) {
        return List.of();
    }
}
