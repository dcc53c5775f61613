package io.greenfinch.protocol.noise;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.HandshakeMessage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a handshake with a server whose key it knows: Noise IK, which saves a round trip, or XXfallback
 * when the server turns that down (specification §2.4). {@link #clientHello}, {@link #answered}, {@link #transport}, once
 * each and in this order; anything else is an {@link IllegalStateException}.
 *
 * <p>The first message carries the client's payload, encrypted for the known key: whoever has that key can read it.
 * Either answer must prove the server's key by a certificate chain under the root, checked as in a full handshake.
 *
 * <p>Not thread-safe.
 */
public final class ResumingHandshake {

    private final KeyPair noiseKey;
    private final KeyPair ephemeral;
    private final IkPattern resuming;
    private final ServerKey known;
    private final Instant now;
    private final MessageOrder order = new MessageOrder();
    private @Nullable XxPattern fallback;
    private ServerKey server;

    /**
     * Begins a handshake.
     *
     * @param noiseKey the companion's persistent noise key
     * @param known the server's key; its root is the one that must have signed what the server shows now
     * @param now the time at which the certificates must be valid
     */
    public ResumingHandshake(KeyPair noiseKey, ServerKey known, Instant now, SecureRandom random) {
        this.noiseKey = noiseKey;
        this.ephemeral = KeyPair.generate(random);
        this.resuming = IkPattern.initiator(Frames.intro(), noiseKey, ephemeral, known.key());
        this.known = known;
        this.now = now;
        this.server = known;
    }

    /**
     * The first message, with the client's payload.
     *
     * @throws HandshakeException when the known key is none to agree with
     */
    public byte[] clientHello(byte[] clientPayload) {
        order.begin(1);
        byte[] hello = HandshakeMessages.bytes(HandshakeMessage.ClientHello.newBuilder()
                .setEphemeral(ByteString.copyFrom(ephemeral.publicKey()))
                .setStatic(ByteString.copyFrom(resuming.sendStatic()))
                .setPayload(ByteString.copyFrom(resuming.sendPayload(clientPayload))));
        order.succeeded();
        return hello;
    }

    /**
     * Reads the server's answer and checks the whole certificate chain.
     *
     * @return the last message, when the server wants the full handshake; empty when it took the first message
     * @throws HandshakeException when the server is not who it should be, or its message is malformed
     */
    public Optional<byte[]> answered(byte[] serverHello, byte[] clientPayload) {
        order.begin(2);
        HandshakeMessage.ServerHello hello = HandshakeMessages.serverHello(serverHello);
        byte[] theirEphemeral = hello.getEphemeral().toByteArray();
        byte[] payload = hello.getPayload().toByteArray();
        Optional<byte[]> finish;
        if (hello.hasStatic()) {
            byte[] theirStatic = hello.getStatic().toByteArray();
            XxPattern pattern = new XxPattern(SymmetricState.fallback(Frames.intro()), noiseKey, ephemeral);
            byte[] serverKey;
            try {
                serverKey = serverKey(pattern, theirEphemeral, theirStatic);
            } catch (HandshakeException e) {
                if (e.kind() != HandshakeException.Kind.UNDECRYPTABLE) {
                    throw e;
                }
                // A server that knows nothing but XX has seen an ephemeral key, and no more.
                pattern = new XxPattern(new SymmetricState(Frames.intro()), noiseKey, ephemeral);
                serverKey = serverKey(pattern, theirEphemeral, theirStatic);
            }
            server = CertificateChain.verify(pattern.receivePayload(payload), known.rootKey(), serverKey, now);
            finish = Optional.of(HandshakeMessages.finish(pattern, clientPayload));
            fallback = pattern;
        } else {
            resuming.receiveAnswer(theirEphemeral);
            server = CertificateChain.verify(resuming.receivePayload(payload), known.rootKey(), known.key(), now);
            finish = Optional.empty();
        }
        order.succeeded();
        return finish;
    }

    private static byte[] serverKey(XxPattern pattern, byte[] theirEphemeral, byte[] theirStatic) {
        pattern.sendEphemeral();
        return pattern.receiveAnswer(theirEphemeral, theirStatic);
    }

    /** The server's key as the answer has proved it. */
    public ServerKey server() {
        return server;
    }

    /** The encryption of everything that follows. */
    public NoiseTransport transport() {
        order.begin(3);
        return fallback == null ? resuming.initiatorTransport() : fallback.initiatorTransport();
    }
}
