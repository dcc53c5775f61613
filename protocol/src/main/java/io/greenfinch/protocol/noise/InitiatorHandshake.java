package io.greenfinch.protocol.noise;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.HandshakeMessage;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the Noise XX handshake (specification §2.2): {@link #clientHello}, {@link #clientFinish},
 * {@link #transport}, once each and in this order; anything else is an {@link IllegalStateException}. Messages are frame
 * payloads, without length and intro.
 *
 * <p>Not thread-safe.
 */
public final class InitiatorHandshake {

    private final XxPattern pattern;
    private final byte[] rootKey;
    private final Instant now;
    private final MessageOrder order = new MessageOrder();
    private @Nullable ServerKey server;

    /**
     * Begins a handshake.
     *
     * @param noiseKey the companion's persistent noise key
     * @param rootKey the public key that must have signed the server's certificates, raw
     * @param now the time at which these must be valid
     */
    public InitiatorHandshake(KeyPair noiseKey, byte[] rootKey, Instant now, SecureRandom random) {
        this.pattern = new XxPattern(new SymmetricState(Frames.intro()), noiseKey, KeyPair.generate(random));
        this.rootKey = rootKey.clone();
        this.now = now;
    }

    /** The first message. */
    public byte[] clientHello() {
        order.begin(1);
        byte[] hello = HandshakeMessages.bytes(
                HandshakeMessage.ClientHello.newBuilder().setEphemeral(ByteString.copyFrom(pattern.sendEphemeral())));
        order.succeeded();
        return hello;
    }

    /**
     * Reads the server's answer, checks the whole certificate chain, and returns the last message, which carries
     * {@code clientPayload} encrypted.
     *
     * @throws HandshakeException when the server is not who it should be, or its message is malformed
     */
    public byte[] clientFinish(byte[] serverHello, byte[] clientPayload) {
        order.begin(2);
        HandshakeMessage.ServerHello hello = HandshakeMessages.serverHello(serverHello);
        byte[] serverKey = pattern.receiveAnswer(
                hello.getEphemeral().toByteArray(), hello.getStatic().toByteArray());
        byte[] chain = pattern.receivePayload(hello.getPayload().toByteArray());
        server = CertificateChain.verify(chain, rootKey, serverKey, now);
        byte[] finish = HandshakeMessages.finish(pattern, clientPayload);
        order.succeeded();
        return finish;
    }

    /**
     * The server's key as its certificates have proved it, for the next connect.
     *
     * @throws IllegalStateException before {@link #clientFinish} has succeeded
     */
    public ServerKey server() {
        if (server == null) {
            throw new IllegalStateException("the server has not shown its key yet");
        }
        return server;
    }

    /** The encryption of everything that follows. */
    public NoiseTransport transport() {
        order.begin(3);
        return pattern.initiatorTransport();
    }
}
