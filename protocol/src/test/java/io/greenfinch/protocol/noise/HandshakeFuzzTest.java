package io.greenfinch.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.CertChain;
import io.greenfinch.protocol.proto.NoiseCertificate;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Whatever the other side sends: the handshake goes on, or ends with a {@link HandshakeException}. */
class HandshakeFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create(NOW, SameRandom.create());
    private static final KeyPair ROOT = KeyPair.ofPrivate(filled(1));
    private static final KeyPair INTERMEDIATE = KeyPair.ofPrivate(filled(2));
    private static final KeyPair SERVER = KeyPair.ofPrivate(filled(3));

    private final SecureRandom random = SameRandom.create();

    @FuzzTest
    void clientHello(byte[] message) {
        succeedsOrFailsAsAHandshake(() -> responder().serverHello(message));
    }

    @FuzzTest
    void serverHello(byte[] message) {
        InitiatorHandshake client = initiator();
        client.clientHello();

        succeedsOrFailsAsAHandshake(() -> client.clientFinish(message, new byte[0]));
    }

    @FuzzTest
    void answerToAClientThatResumes(byte[] message) {
        ServerKey known =
                new ServerKey(AUTHORITY.serverKey().publicKey(), AUTHORITY.rootPublicKey(), NOW, NOW.plusSeconds(60));
        ResumingHandshake client = new ResumingHandshake(KeyPair.ofPrivate(filled(6)), known, NOW, random);
        client.clientHello(new byte[0]);

        succeedsOrFailsAsAHandshake(() -> client.answered(message, new byte[0]));
    }

    @FuzzTest
    void clientFinish(byte[] message) {
        ResponderHandshake server = responder();
        server.serverHello(initiator().clientHello());

        succeedsOrFailsAsAHandshake(() -> server.finish(message));
    }

    @FuzzTest
    void transportMessage(byte[] message) {
        NoiseTransport transport = new NoiseTransport(new CipherState(filled(4)), new CipherState(filled(5)));

        succeedsOrFailsAsAHandshake(() -> transport.decrypt(message));
    }

    @FuzzTest
    void certificateChain(byte[] chain) {
        succeedsOrFailsAsAHandshake(() -> CertificateChain.verify(chain, ROOT.publicKey(), SERVER.publicKey(), NOW));
    }

    /** Certificates of any content, rightly signed: the first byte says how long the intermediate's details are. */
    @FuzzTest
    void signedCertificates(byte[] details) {
        int cut = details.length == 0 ? 0 : Math.min(details.length, 1 + (details[0] & 0xFF));
        byte[] middle = Arrays.copyOfRange(details, Math.min(1, details.length), cut);
        byte[] end = Arrays.copyOfRange(details, cut, details.length);
        byte[] chain = CertChain.newBuilder()
                .setIntermediate(signed(middle, ROOT))
                .setLeaf(signed(end, INTERMEDIATE))
                .build()
                .toByteArray();

        succeedsOrFailsAsAHandshake(() -> CertificateChain.verify(chain, ROOT.publicKey(), SERVER.publicKey(), NOW));
    }

    private NoiseCertificate signed(byte[] details, KeyPair issuer) {
        return NoiseCertificate.newBuilder()
                .setDetails(ByteString.copyFrom(details))
                .setSignature(ByteString.copyFrom(issuer.sign(details, random)))
                .build();
    }

    private InitiatorHandshake initiator() {
        return new InitiatorHandshake(KeyPair.ofPrivate(filled(6)), AUTHORITY.rootPublicKey(), NOW, random);
    }

    private ResponderHandshake responder() {
        return new ResponderHandshake(AUTHORITY.serverKey(), AUTHORITY.chain(), random);
    }

    private static void succeedsOrFailsAsAHandshake(ThrowingCallable step) {
        try {
            step.call();
        } catch (HandshakeException e) {
            assertThat(e.kind()).isNotNull();
        } catch (Throwable e) {
            throw new AssertionError("no handshake exception", e);
        }
    }

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
