package io.greenfinch.client.connection;

import io.greenfinch.protocol.noise.InitiatorHandshake;
import io.greenfinch.protocol.noise.NoiseTransport;
import io.greenfinch.protocol.noise.ResumingHandshake;
import io.greenfinch.protocol.noise.ServerKey;
import java.util.Optional;

/**
 * Our side of a handshake with what we have to say in it: in full, or resumed with a server whose key we know
 * (specification §2.2, §2.4). For one connection, and only until it is secured: it holds the ephemeral key.
 */
sealed interface Greeting {

    /** The first message. */
    byte[] hello();

    /**
     * Takes the server's answer.
     *
     * @return our last message, if the server waits for one
     * @throws io.greenfinch.protocol.noise.HandshakeException when the server can't be trusted
     */
    Optional<byte[]> answered(byte[] serverHello);

    /** The encryption of what follows; only after {@link #answered}. */
    NoiseTransport transport();

    /** The server's key as it was proved; only after {@link #answered}. */
    ServerKey server();

    /** With a server that we know nothing of. */
    record Full(InitiatorHandshake handshake, byte[] payload) implements Greeting {
        @Override
        public byte[] hello() {
            return handshake.clientHello();
        }

        @Override
        public Optional<byte[]> answered(byte[] serverHello) {
            return Optional.of(handshake.clientFinish(serverHello, payload));
        }

        @Override
        public NoiseTransport transport() {
            return handshake.transport();
        }

        @Override
        public ServerKey server() {
            return handshake.server();
        }
    }

    /** With a server that we were connected to before. */
    record Resumed(ResumingHandshake handshake, byte[] payload) implements Greeting {
        @Override
        public byte[] hello() {
            return handshake.clientHello(payload);
        }

        @Override
        public Optional<byte[]> answered(byte[] serverHello) {
            return handshake.answered(serverHello, payload);
        }

        @Override
        public NoiseTransport transport() {
            return handshake.transport();
        }

        @Override
        public ServerKey server() {
            return handshake.server();
        }
    }
}
