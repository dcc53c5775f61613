package io.greenfinch.simulator.account;

import io.greenfinch.protocol.binary.Node;

/**
 * The live connection of a companion, as the world sees it. Called while the world is locked, so nothing here waits or touches
 * a socket: stanzas are queued, in the order of the calls.
 */
public interface Line {

    /** How the client began the connection. */
    ClientIntro intro();

    /** Queues a stanza. */
    void push(Node stanza);

    /** Ends the connection because the same companion connected again (specification §9.3). */
    void replaced();

    /** Ends the connection because the companion was unlinked (specification §9.5). */
    void unlinked();
}
