package io.greenfinch.protocol.noise;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.HandshakeMessage;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the Noise handshake (specification §2.2, §2.4): {@link #serverHello}, {@link #finish},
 * {@link #transport}, once each and in this order; anything else is an {@link IllegalStateException}. Messages are frame
 * payloads, without length and intro.
 *
 * <p>A client that knows the server's key from before may begin with IK: then everything is said after one message each,
 * {@link #resumed} has what the client told, and {@link #finish} is left out. One that knows another key, or that is not
 * to resume, is turned down in the way that lets it go on with XX on the same connection ("XXfallback").
 *
 * <p>Not thread-safe.
 */
public final class ResponderHandshake {

    private final KeyPair staticKey;
    private final KeyPair ephemeral;
    private final byte[] certificateChain;
    private final boolean resumes;
    private final MessageOrder order = new MessageOrder();
    private XxPattern pattern;
    private @Nullable IkPattern resuming;
    private Optional<ClientFinish> resumed = Optional.empty();

    /**
     * Begins a handshake with a client that may resume.
     *
     * @param staticKey the server's key, which the leaf certificate is for
     * @param certificateChain the serialized chain
     */
    public ResponderHandshake(KeyPair staticKey, byte[] certificateChain, SecureRandom random) {
        this(staticKey, certificateChain, true, random);
    }

    /** The same, with a choice whether clients may resume. */
    public ResponderHandshake(KeyPair staticKey, byte[] certificateChain, boolean resumes, SecureRandom random) {
        this.staticKey = staticKey;
        this.ephemeral = KeyPair.generate(random);
        this.pattern = new XxPattern(new SymmetricState(Frames.intro()), staticKey, ephemeral);
        this.certificateChain = certificateChain.clone();
        this.resumes = resumes;
    }

    /**
     * Reads the client's first message and answers it.
     *
     * @throws HandshakeException when the message is malformed
     */
    public byte[] serverHello(byte[] clientHello) {
        order.begin(1);
        HandshakeMessage.ClientHello hello = HandshakeMessages.clientHello(clientHello);
        if (hello.hasStatic() && resumes) {
            resumed = resume(hello);
        }
        byte[] answer = resumed.isPresent() && resuming != null ? accepted(resuming) : full(hello);
        order.succeeded();
        if (resumed.isPresent()) {
            order.begin(2);
            order.succeeded();
        }
        return answer;
    }

    /** What the client tells, if it is for our key. */
    private Optional<ClientFinish> resume(HandshakeMessage.ClientHello hello) {
        IkPattern attempt = IkPattern.responder(Frames.intro(), staticKey, ephemeral);
        try {
            byte[] noiseKey = attempt.receiveStatic(
                    hello.getEphemeral().toByteArray(), hello.getStatic().toByteArray());
            byte[] payload = attempt.receivePayload(hello.getPayload().toByteArray());
            resuming = attempt;
            return Optional.of(new ClientFinish(noiseKey, payload));
        } catch (HandshakeException e) {
            if (e.kind() == HandshakeException.Kind.UNDECRYPTABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private byte[] accepted(IkPattern accepting) {
        return HandshakeMessages.bytes(HandshakeMessage.ServerHello.newBuilder()
                .setEphemeral(ByteString.copyFrom(accepting.answerEphemeral()))
                .setPayload(ByteString.copyFrom(accepting.sendPayload(certificateChain))));
    }

    private byte[] full(HandshakeMessage.ClientHello hello) {
        if (hello.hasStatic()) {
            pattern = new XxPattern(SymmetricState.fallback(Frames.intro()), staticKey, ephemeral);
        }
        pattern.receiveEphemeral(hello.getEphemeral().toByteArray());
        return HandshakeMessages.bytes(HandshakeMessage.ServerHello.newBuilder()
                .setEphemeral(ByteString.copyFrom(pattern.ephemeralKey()))
                .setStatic(ByteString.copyFrom(pattern.answerEphemeral()))
                .setPayload(ByteString.copyFrom(pattern.sendPayload(certificateChain))));
    }

    /** What a client told with its first message; empty when it has to finish a full handshake. */
    public Optional<ClientFinish> resumed() {
        return resumed;
    }

    /**
     * Reads the client's last message.
     *
     * @throws HandshakeException when it is malformed or not from the client that began
     */
    public ClientFinish finish(byte[] clientFinish) {
        order.begin(2);
        HandshakeMessage.ClientFinish finish = HandshakeMessages.clientFinish(clientFinish);
        byte[] noiseKey = pattern.receiveStatic(finish.getStatic().toByteArray());
        byte[] payload = pattern.receivePayload(finish.getPayload().toByteArray());
        order.succeeded();
        return new ClientFinish(noiseKey, payload);
    }

    /** The encryption of everything that follows. */
    public NoiseTransport transport() {
        order.begin(3);
        return resuming == null ? pattern.responderTransport() : resuming.responderTransport();
    }
}
