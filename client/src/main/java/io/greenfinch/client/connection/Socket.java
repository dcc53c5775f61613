package io.greenfinch.client.connection;

import io.greenfinch.client.DisconnectCause;
import java.util.function.Consumer;

/** An open WebSocket. Thread-safe; nothing blocks. */
interface Socket {

    /**
     * Sends one binary message.
     *
     * @param failed told when it could not be sent, for instance because the peer does not read
     */
    void send(byte[] message, Consumer<Throwable> failed);

    /** Asks for one more chunk of incoming bytes. */
    void demand();

    /** Says goodbye and closes. */
    void close();

    /** Drops the connection without a word. */
    void drop();

    /** What happens on a socket. Called on any thread, one call at a time; must return at once. */
    interface Listener {

        /** It is open; nothing comes in before {@link Socket#demand}. */
        void opened(Socket socket);

        /** A chunk of bytes, cut anywhere. */
        void received(byte[] chunk);

        /** It is closed, or could not be opened. Called at least once; later calls mean nothing. */
        void closed(DisconnectCause cause, String why);
    }
}
