package io.greenfinch.protocol.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.HandshakeMessage;
import java.security.SecureRandom;

/**
 * The server's side of the Noise XX handshake (specification §2.2): {@link #serverHello}, {@link #finish},
 * {@link #transport}, once each and in this order; anything else is an {@link IllegalStateException}. Messages are frame
 * payloads, without length and intro.
 *
 * <p>A client that begins with IK, because it knows the server's key from before, is turned down in the way that lets it go on
 * with XX on the same connection ("XXfallback", specification §2.4).
 *
 * <p>Not thread-safe.
 */
public final class ResponderHandshake {

    private final KeyPair staticKey;
    private final KeyPair ephemeral;
    private final byte[] certificateChain;
    private final MessageOrder order = new MessageOrder();
    private XxPattern pattern;

    /**
     * Begins a handshake.
     *
     * @param staticKey the server's key, which the leaf certificate is for
     * @param certificateChain the serialized chain
     */
    public ResponderHandshake(KeyPair staticKey, byte[] certificateChain, SecureRandom random) {
        this.staticKey = staticKey;
        this.ephemeral = KeyPair.generate(random);
        this.pattern = new XxPattern(new SymmetricState(Frames.intro()), staticKey, ephemeral);
        this.certificateChain = certificateChain.clone();
    }

    /**
     * Reads the client's first message and answers it.
     *
     * @throws HandshakeException when the message is malformed
     */
    public byte[] serverHello(byte[] clientHello) {
        order.begin(1);
        HandshakeMessage message = parse(clientHello);
        if (!message.hasClientHello()) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "no client hello");
        }
        if (message.getClientHello().hasStatic()) {
            pattern = new XxPattern(SymmetricState.fallback(Frames.intro()), staticKey, ephemeral);
        }
        pattern.receiveEphemeral(message.getClientHello().getEphemeral().toByteArray());
        byte[] hello = HandshakeMessage.newBuilder()
                .setServerHello(HandshakeMessage.ServerHello.newBuilder()
                        .setEphemeral(ByteString.copyFrom(pattern.ephemeralKey()))
                        .setStatic(ByteString.copyFrom(pattern.answerEphemeral()))
                        .setPayload(ByteString.copyFrom(pattern.sendPayload(certificateChain))))
                .build()
                .toByteArray();
        order.succeeded();
        return hello;
    }

    /**
     * Reads the client's last message.
     *
     * @throws HandshakeException when it is malformed or not from the client that began
     */
    public ClientFinish finish(byte[] clientFinish) {
        order.begin(2);
        HandshakeMessage message = parse(clientFinish);
        if (!message.hasClientFinish()) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "no client finish");
        }
        byte[] noiseKey =
                pattern.receiveStatic(message.getClientFinish().getStatic().toByteArray());
        byte[] payload =
                pattern.receivePayload(message.getClientFinish().getPayload().toByteArray());
        order.succeeded();
        return new ClientFinish(noiseKey, payload);
    }

    /** The encryption of everything that follows. */
    public NoiseTransport transport() {
        order.begin(3);
        return pattern.responderTransport();
    }

    private static HandshakeMessage parse(byte[] bytes) {
        try {
            return HandshakeMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new HandshakeException(HandshakeException.Kind.MALFORMED_MESSAGE, "no handshake message", e);
        }
    }
}
