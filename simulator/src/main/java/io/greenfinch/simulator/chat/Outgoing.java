package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;

/** What waits to be written to a connection. */
sealed interface Outgoing {

    /** A frame of the handshake, not encrypted by the transport. */
    record Plain(byte[] frame) implements Outgoing {}

    /** A stanza; {@code written} is told when it was given to the socket. */
    record Stanza(Node node, Manner manner, Runnable written) implements Outgoing {}

    /** The end: the connection is closed a moment after everything before was written. */
    record End() implements Outgoing {}

    /** How a stanza is written. */
    enum Manner {
        PROPERLY,
        TWICE,
        AFTER_THE_NEXT,
        CORRUPTED,
        IN_PIECES
    }
}
