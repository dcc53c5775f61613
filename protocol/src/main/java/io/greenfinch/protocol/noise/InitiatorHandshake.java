package io.greenfinch.protocol.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.HandshakeMessage;
import java.security.SecureRandom;
import java.time.Instant;

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
        byte[] hello = HandshakeMessage.newBuilder()
                .setClientHello(HandshakeMessage.ClientHello.newBuilder()
                        .setEphemeral(ByteString.copyFrom(pattern.sendEphemeral())))
                .build()
                .toByteArray();
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
        HandshakeMessage.ServerHello hello = parse(serverHello);
        byte[] serverKey = pattern.receiveAnswer(
                hello.getEphemeral().toByteArray(), hello.getStatic().toByteArray());
        byte[] chain = pattern.receivePayload(hello.getPayload().toByteArray());
        CertificateChain.verify(chain, rootKey, serverKey, now);
        byte[] finish = HandshakeMessage.newBuilder()
                .setClientFinish(HandshakeMessage.ClientFinish.newBuilder()
                        .setStatic(ByteString.copyFrom(pattern.sendStatic()))
                        .setPayload(ByteString.copyFrom(pattern.sendPayload(clientPayload))))
                .build()
                .toByteArray();
        order.succeeded();
        return finish;
    }

    /** The encryption of everything that follows. */
    public NoiseTransport transport() {
        order.begin(3);
        return pattern.initiatorTransport();
    }

    private static HandshakeMessage.ServerHello parse(byte[] serverHello) {
        HandshakeMessage message;
        try {
            message = HandshakeMessage.parseFrom(serverHello);
        } catch (InvalidProtocolBufferException e) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "server hello", e);
        }
        if (!message.hasServerHello()) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "no server hello");
        }
        return message.getServerHello();
    }
}
