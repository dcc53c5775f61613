package io.greenfinch.simulator.chat;

import io.greenfinch.protocol.binary.Node;

/** What a connection is for once its handshake is complete: a registration or a login. */
interface Stream {

    /**
     * Takes a stanza of the client.
     *
     * @param received when its last byte was read, on the clock of the trace
     */
    void received(Node stanza, long received);

    /** Whether the stanza can change the world, and not only what waits to be acknowledged. */
    boolean changes(Node stanza);

    /** Learns that the connection is gone. */
    void closed();

    /** The companion's address for logs and traces; empty while it has none. */
    String name();
}
