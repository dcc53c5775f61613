package io.greenfinch.gateway.http;

import tools.jackson.databind.JsonNode;

/**
 * A WebSocket that a caller opened, as the method sees it that serves it. What the caller sends is not looked at. For one
 * thread at a time, which is interrupted when the caller goes away.
 */
public interface TextSocket {

    /** Serves a socket on a virtual thread of its own; when it returns, the socket is closed. */
    @FunctionalInterface
    interface Program {
        void serve(TextSocket socket);
    }

    /** Sends a text frame and blocks until it is written, ten seconds at most; false when the caller is gone. */
    boolean send(JsonNode message);

    /** Shows proxies in between that the socket is in use; false when the caller is gone. */
    boolean ping();
}
