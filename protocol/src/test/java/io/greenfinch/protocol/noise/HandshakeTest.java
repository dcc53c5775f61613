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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] PAYLOAD = utf8("payload");

    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority = CertificateAuthority.create(NOW, random);
    private final KeyPair noiseKey = KeyPair.generate(random);
    private final InitiatorHandshake client = new InitiatorHandshake(noiseKey, authority.rootPublicKey(), NOW, random);
    private final ResponderHandshake server = new ResponderHandshake(authority.serverKey(), authority.chain(), random);

    @Test
    void bothSidesEndWithKeysThatFitAndKnowEachOther() {
        byte[] hello = server.serverHello(client.clientHello());
        ClientFinish finish = server.finish(client.clientFinish(hello, PAYLOAD));

        assertThat(finish).isEqualTo(new ClientFinish(noiseKey.publicKey(), PAYLOAD));
        NoiseTransport ours = client.transport();
        NoiseTransport theirs = server.transport();
        for (int i = 0; i < 300; i++) {
            assertThat(theirs.decrypt(ours.encrypt(utf8("up " + i)))).isEqualTo(utf8("up " + i));
            assertThat(ours.decrypt(theirs.encrypt(utf8("down " + i)))).isEqualTo(utf8("down " + i));
        }
    }

    @Test
    void messagesShowNeitherKeyNorPayload() {
        byte[] clientHello = client.clientHello();
        byte[] serverHello = server.serverHello(clientHello);
        byte[] clientFinish = client.clientFinish(serverHello, PAYLOAD);

        assertThat(contains(serverHello, authority.serverKey().publicKey())).isFalse();
        assertThat(contains(clientHello, noiseKey.publicKey())).isFalse();
        assertThat(contains(clientFinish, noiseKey.publicKey())).isFalse();
        assertThat(contains(clientFinish, PAYLOAD)).isFalse();
    }

    @Test
    void theClientRefusesAServerHelloWithAnyBitChanged() {
        byte[] clientHello = client.clientHello();
        HandshakeMessage.ServerHello hello = serverHello(server.serverHello(clientHello));

        assertRefused(Kind.UNDECRYPTABLE, hello.toBuilder().setEphemeral(flipped(hello.getEphemeral())));
        assertRefused(Kind.UNDECRYPTABLE, hello.toBuilder().setStatic(flipped(hello.getStatic())));
        assertRefused(Kind.UNDECRYPTABLE, hello.toBuilder().setPayload(flipped(hello.getPayload())));
    }

    @Test
    void theClientRefusesKeysOfTheWrongLengthAndOfSmallOrder() {
        HandshakeMessage.ServerHello hello = serverHello(server.serverHello(client.clientHello()));

        assertRefused(Kind.BAD_KEY, hello.toBuilder().setEphemeral(ByteString.EMPTY));
        assertRefused(Kind.BAD_KEY, hello.toBuilder().setEphemeral(ByteString.copyFrom(new byte[31])));
        assertRefused(Kind.BAD_KEY, hello.toBuilder().setEphemeral(ByteString.copyFrom(new byte[33])));
        assertRefused(Kind.BAD_KEY, hello.toBuilder().setEphemeral(ByteString.copyFrom(new byte[32])));
        assertRefused(Kind.UNDECRYPTABLE, hello.toBuilder().clearStatic());
        assertRefused(Kind.UNDECRYPTABLE, hello.toBuilder().clearPayload());
    }

    private void assertRefused(Kind kind, HandshakeMessage.ServerHello.Builder hello) {
        InitiatorHandshake fresh = new InitiatorHandshake(noiseKey, authority.rootPublicKey(), NOW, random);
        fresh.clientHello();
        byte[] message =
                HandshakeMessage.newBuilder().setServerHello(hello).build().toByteArray();

        assertThat(kindOf(() -> fresh.clientFinish(message, PAYLOAD))).isEqualTo(kind);
    }

    @Test
    void theClientRefusesMessagesThatAreNoServerHello() {
        client.clientHello();
        byte[] anotherClientHello =
                new InitiatorHandshake(noiseKey, authority.rootPublicKey(), NOW, random).clientHello();

        assertThat(kindOf(() -> client.clientFinish(anotherClientHello, PAYLOAD)))
                .isEqualTo(Kind.MALFORMED_MESSAGE);
        InitiatorHandshake second = new InitiatorHandshake(noiseKey, authority.rootPublicKey(), NOW, random);
        second.clientHello();
        assertThat(kindOf(() -> second.clientFinish(new byte[] {(byte) 0xFF}, PAYLOAD)))
                .isEqualTo(Kind.MALFORMED_MESSAGE);
    }

    @Test
    void theClientRefusesAServerWithAnotherRoot() {
        CertificateAuthority other = CertificateAuthority.create(NOW, random);
        ResponderHandshake impostor = new ResponderHandshake(other.serverKey(), other.chain(), random);
        byte[] hello = impostor.serverHello(client.clientHello());

        assertThat(kindOf(() -> client.clientFinish(hello, PAYLOAD))).isEqualTo(Kind.CERTIFICATE_NOT_OF_ROOT);
    }

    /** A genuine chain, overheard, in the hands of a server that hasn't the key it is for. */
    @Test
    void theClientRefusesAReplayedChain() {
        ResponderHandshake impostor = new ResponderHandshake(KeyPair.generate(random), authority.chain(), random);
        byte[] hello = impostor.serverHello(client.clientHello());

        assertThat(kindOf(() -> client.clientFinish(hello, PAYLOAD))).isEqualTo(Kind.CERTIFICATE_OF_OTHER_KEY);
    }

    @Test
    void theServerRefusesAClientFinishWithAnyBitChanged() {
        UnaryOperator<HandshakeMessage.ClientFinish.Builder> changedKey =
                finish -> finish.setStatic(flipped(finish.getStatic()));
        UnaryOperator<HandshakeMessage.ClientFinish.Builder> changedPayload =
                finish -> finish.setPayload(flipped(finish.getPayload()));
        for (UnaryOperator<HandshakeMessage.ClientFinish.Builder> change : List.of(changedKey, changedPayload)) {
            InitiatorHandshake initiator = new InitiatorHandshake(noiseKey, authority.rootPublicKey(), NOW, random);
            ResponderHandshake responder = new ResponderHandshake(authority.serverKey(), authority.chain(), random);
            HandshakeMessage finish =
                    message(initiator.clientFinish(responder.serverHello(initiator.clientHello()), PAYLOAD));
            byte[] changed = HandshakeMessage.newBuilder()
                    .setClientFinish(change.apply(finish.getClientFinish().toBuilder()))
                    .build()
                    .toByteArray();

            assertThat(kindOf(() -> responder.finish(changed))).isEqualTo(Kind.UNDECRYPTABLE);
        }
    }

    @Test
    void theServerRefusesMessagesThatAreNoClientHello() {
        assertThat(kindOf(() -> server.serverHello(new byte[] {(byte) 0xFF}))).isEqualTo(Kind.MALFORMED_MESSAGE);
        assertThat(kindOf(() -> fresh().serverHello(new byte[0]))).isEqualTo(Kind.MALFORMED_MESSAGE);
        assertThat(kindOf(() -> fresh().serverHello(clientHello(new byte[31], false))))
                .isEqualTo(Kind.BAD_KEY);
        assertThat(kindOf(() -> fresh().serverHello(clientHello(new byte[32], false))))
                .isEqualTo(Kind.BAD_KEY);
    }

    /** Some clients resume with IK, and go on with XX when the server does not take it (specification §2.4). */
    @Test
    void theServerFallsBackToXxWithAClientThatBeganIk() throws InvalidProtocolBufferException {
        XxPattern fallingBack =
                new XxPattern(SymmetricState.fallback(Frames.intro()), noiseKey, KeyPair.generate(random));
        HandshakeMessage.ServerHello hello =
                serverHello(server.serverHello(clientHello(fallingBack.sendEphemeral(), true)));
        assertThat(fallingBack.receiveAnswer(
                        hello.getEphemeral().toByteArray(), hello.getStatic().toByteArray()))
                .isEqualTo(authority.serverKey().publicKey());
        assertThat(fallingBack.receivePayload(hello.getPayload().toByteArray())).isEqualTo(authority.chain());
        byte[] finish = HandshakeMessage.newBuilder()
                .setClientFinish(HandshakeMessage.ClientFinish.newBuilder()
                        .setStatic(ByteString.copyFrom(fallingBack.sendStatic()))
                        .setPayload(ByteString.copyFrom(fallingBack.sendPayload(PAYLOAD))))
                .build()
                .toByteArray();
        assertThat(server.finish(finish)).isEqualTo(new ClientFinish(noiseKey.publicKey(), PAYLOAD));
        assertThat(server.transport().decrypt(fallingBack.initiatorTransport().encrypt(PAYLOAD)))
                .isEqualTo(PAYLOAD);
    }

    @Test
    void stepsHaveAnOrder() {
        assertThatThrownBy(client::transport).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.clientFinish(new byte[0], PAYLOAD)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(server::transport).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> server.finish(new byte[0])).isInstanceOf(IllegalStateException.class);

        byte[] hello = client.clientHello();
        assertThatThrownBy(client::clientHello).isInstanceOf(IllegalStateException.class);
        server.serverHello(hello);
        assertThatThrownBy(() -> server.serverHello(hello)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingFollowsAStepThatFailed() {
        client.clientHello();
        assertThatThrownBy(() -> client.clientFinish(new byte[0], PAYLOAD)).isInstanceOf(HandshakeException.class);
        assertThatThrownBy(client::transport).isInstanceOf(IllegalStateException.class);

        server.serverHello(new InitiatorHandshake(noiseKey, authority.rootPublicKey(), NOW, random).clientHello());
        assertThatThrownBy(() -> server.finish(new byte[0])).isInstanceOf(HandshakeException.class);
        assertThatThrownBy(server::transport).isInstanceOf(IllegalStateException.class);
    }

    private ResponderHandshake fresh() {
        return new ResponderHandshake(authority.serverKey(), authority.chain(), random);
    }

    private static byte[] clientHello(byte[] ephemeral, boolean withStatic) {
        HandshakeMessage.ClientHello.Builder hello =
                HandshakeMessage.ClientHello.newBuilder().setEphemeral(ByteString.copyFrom(ephemeral));
        if (withStatic) {
            hello.setStatic(ByteString.copyFrom(new byte[48]));
        }
        return HandshakeMessage.newBuilder().setClientHello(hello).build().toByteArray();
    }

    private static Kind kindOf(ThrowingCallable call) {
        return catchThrowableOfType(HandshakeException.class, call).kind();
    }

    private static HandshakeMessage.ServerHello serverHello(byte[] bytes) {
        return message(bytes).getServerHello();
    }

    private static HandshakeMessage message(byte[] bytes) {
        try {
            return HandshakeMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteString flipped(ByteString bytes) {
        byte[] copy = bytes.toByteArray();
        copy[copy.length / 2] ^= 1;
        return ByteString.copyFrom(copy);
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
