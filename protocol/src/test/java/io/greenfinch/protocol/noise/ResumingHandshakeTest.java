package io.greenfinch.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.noise.HandshakeException.Kind;
import io.greenfinch.protocol.proto.HandshakeMessage;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Noise IK with its fallback, both sides (specification §2.4). */
class ResumingHandshakeTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] PAYLOAD = "payload".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority = CertificateAuthority.create(NOW, random);
    private final KeyPair noiseKey = KeyPair.generate(random);
    private final ServerKey known = learnt();
    private final ResumingHandshake client = new ResumingHandshake(noiseKey, known, NOW, random);

    @Test
    void aServerWithTheKnownKeyNeedsOneMessage() {
        ResponderHandshake server = server(authority, true);
        byte[] hello = server.serverHello(client.clientHello(PAYLOAD));

        assertThat(server.resumed()).hasValue(new ClientFinish(noiseKey.publicKey(), PAYLOAD));
        assertThat(client.answered(hello, PAYLOAD)).isEmpty();
        assertThat(client.server()).isEqualTo(known);
        assertUnderstood(client.transport(), server.transport());
    }

    @Test
    void aServerThatDoesNotResumeGoesOnWithTheFullHandshake() {
        ResponderHandshake server = server(authority, false);
        byte[] hello = server.serverHello(client.clientHello(PAYLOAD));
        assertThat(server.resumed()).isEmpty();
        byte[] finish = client.answered(hello, PAYLOAD).orElseThrow();

        assertThat(server.finish(finish)).isEqualTo(new ClientFinish(noiseKey.publicKey(), PAYLOAD));
        assertUnderstood(client.transport(), server.transport());
    }

    @Test
    void aServerWithANewKeyFallsBackAndIsKnownByItAfterwards() {
        CertificateAuthority rekeyed = authority.rekeyed(NOW, random);
        ResponderHandshake server = server(rekeyed, true);
        byte[] hello = server.serverHello(client.clientHello(PAYLOAD));
        Optional<byte[]> finish = client.answered(hello, PAYLOAD);

        assertThat(server.finish(finish.orElseThrow()).payload()).isEqualTo(PAYLOAD);
        assertThat(client.server().key()).isEqualTo(rekeyed.serverKey().publicKey());
        assertUnderstood(client.transport(), server.transport());
    }

    @Test
    void whoFallsBackMustBelongToTheSameRoot() {
        CertificateAuthority impostor = CertificateAuthority.create(NOW, random);
        byte[] hello = server(impostor, true).serverHello(client.clientHello(PAYLOAD));

        assertThat(kindOf(hello)).isEqualTo(Kind.CERTIFICATE_NOT_OF_ROOT);
    }

    @Test
    void whoResumesWithoutTheKeyIsNotBelieved() {
        CertificateAuthority impostor = authority.rekeyed(NOW, random);
        client.clientHello(PAYLOAD);
        ResumingHandshake other = new ResumingHandshake(noiseKey, learnt(impostor), NOW, random);
        byte[] hello = server(impostor, true).serverHello(other.clientHello(PAYLOAD));

        assertThat(kindOf(hello)).isEqualTo(Kind.UNDECRYPTABLE);
    }

    /** One that knows no other sees an ephemeral key and nothing else (specification §2.4). */
    @Test
    void aServerThatTakesItForTheFullHandshakeIsUnderstood() {
        ResponderHandshake server = server(authority, true);
        HandshakeMessage.ClientHello told = parsed(client.clientHello(PAYLOAD)).getClientHello();
        byte[] hello = server.serverHello(HandshakeMessage.newBuilder()
                .setClientHello(told.toBuilder().clearStatic().clearPayload())
                .build()
                .toByteArray());
        byte[] finish = client.answered(hello, PAYLOAD).orElseThrow();

        assertThat(server.finish(finish)).isEqualTo(new ClientFinish(noiseKey.publicKey(), PAYLOAD));
        assertUnderstood(client.transport(), server.transport());
    }

    @Test
    void anyBitOfTheAnswerMatters() {
        ResponderHandshake server = server(authority, true);
        HandshakeMessage.ServerHello hello =
                parsed(server.serverHello(client.clientHello(PAYLOAD))).getServerHello();
        byte[] payload = hello.getPayload().toByteArray();
        payload[payload.length / 2] ^= 1;

        assertThat(kindOf(HandshakeMessage.newBuilder()
                        .setServerHello(hello.toBuilder().setPayload(ByteString.copyFrom(payload)))
                        .build()
                        .toByteArray()))
                .isEqualTo(Kind.UNDECRYPTABLE);
    }

    @Test
    void whatTheServerShowsMustBeValidNow() {
        Instant later = NOW.plus(Duration.ofDays(400));
        ResumingHandshake late = new ResumingHandshake(noiseKey, known, later, random);
        byte[] hello = server(authority, true).serverHello(late.clientHello(PAYLOAD));

        HandshakeException refused =
                catchThrowableOfType(HandshakeException.class, () -> late.answered(hello, PAYLOAD));
        assertThat(refused.kind()).isEqualTo(Kind.CERTIFICATE_OUT_OF_DATE);
    }

    @Test
    void aKeyIsGoodUnderItsRootAndInItsTime() {
        byte[] root = authority.rootPublicKey();
        assertThat(known.isGood(root, NOW)).isTrue();
        assertThat(known.isGood(root, NOW.plus(Duration.ofDays(366)))).isFalse();
        assertThat(known.isGood(root, NOW.minus(Duration.ofDays(2)))).isFalse();
        assertThat(known.isGood(noiseKey.publicKey(), NOW)).isFalse();
    }

    @Test
    void stepsHaveAnOrder() {
        assertThatThrownBy(client::transport).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.answered(new byte[0], PAYLOAD)).isInstanceOf(IllegalStateException.class);
        ResponderHandshake server = server(authority, true);
        server.serverHello(client.clientHello(PAYLOAD));
        assertThatThrownBy(() -> server.finish(new byte[0])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.clientHello(PAYLOAD)).isInstanceOf(IllegalStateException.class);
    }

    private static void assertUnderstood(NoiseTransport ours, NoiseTransport theirs) {
        assertThat(theirs.decrypt(ours.encrypt(PAYLOAD))).isEqualTo(PAYLOAD);
        assertThat(ours.decrypt(theirs.encrypt(PAYLOAD))).isEqualTo(PAYLOAD);
    }

    private Kind kindOf(byte[] serverHello) {
        return catchThrowableOfType(HandshakeException.class, () -> client.answered(serverHello, PAYLOAD))
                .kind();
    }

    private ResponderHandshake server(CertificateAuthority identity, boolean resumes) {
        return new ResponderHandshake(identity.serverKey(), identity.chain(), resumes, random);
    }

    private ServerKey learnt() {
        return learnt(authority);
    }

    /** What a full handshake teaches. */
    private ServerKey learnt(CertificateAuthority identity) {
        InitiatorHandshake first = new InitiatorHandshake(noiseKey, identity.rootPublicKey(), NOW, random);
        first.clientFinish(server(identity, true).serverHello(first.clientHello()), PAYLOAD);
        return first.server();
    }

    private static HandshakeMessage parsed(byte[] message) {
        try {
            return HandshakeMessage.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
