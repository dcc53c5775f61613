package io.greenfinch.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.noise.HandshakeException.Kind;
import io.greenfinch.protocol.proto.CertChain;
import io.greenfinch.protocol.proto.NoiseCertificate;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the table in specification §3. */
class CertificateChainTest {

    private static final long NOW = 1_795_400_000L;

    private final SecureRandom random = new SecureRandom();
    private final KeyPair root = KeyPair.generate(random);
    private final KeyPair intermediate = KeyPair.generate(random);
    private final KeyPair server = KeyPair.generate(random);

    @Test
    void acceptsAChainInOrder() {
        assertThatCode(() -> verify(intermediateDetails(), leafDetails())).doesNotThrowAnyException();
    }

    @Test
    void acceptsFieldsItDoesNotKnow() {
        byte[] chain = chain(intermediateDetails(), leafDetails());
        byte[] longer = Arrays.copyOf(chain, chain.length + 2);
        longer[chain.length] = 15 << 3;

        assertThatCode(() -> CertificateChain.verify(
                        longer, root.publicKey(), server.publicKey(), Instant.ofEpochSecond(NOW)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnIntermediateThatTheRootDidNotSign() {
        NoiseCertificate forged = CertificateChain.sign(intermediateDetails().build(), server, random);

        assertThat(kindOf(forged, leaf(leafDetails()))).isEqualTo(Kind.CERTIFICATE_NOT_OF_ROOT);
    }

    @Test
    void refusesAnIntermediateChangedAfterItsSignature() {
        NoiseCertificate changed = intermediate(intermediateDetails()).toBuilder()
                .setDetails(intermediateDetails().setNotAfter(NOW * 2).build().toByteString())
                .build();

        assertThat(kindOf(changed, leaf(leafDetails()))).isEqualTo(Kind.CERTIFICATE_NOT_OF_ROOT);
    }

    @Test
    void refusesALeafThatTheIntermediateDidNotSign() {
        NoiseCertificate forged = CertificateChain.sign(leafDetails().build(), root, random);

        assertThat(kindOf(intermediate(intermediateDetails()), forged)).isEqualTo(Kind.CERTIFICATE_NOT_OF_INTERMEDIATE);
    }

    @Test
    void refusesAnIntermediateThatNamesAnotherIssuer() {
        assertThat(kindOf(intermediateDetails().setIssuerSerial(7), leafDetails()))
                .isEqualTo(Kind.CERTIFICATE_NOT_OF_ROOT);
    }

    @Test
    void refusesALeafThatNamesAnotherIssuer() {
        assertThat(kindOf(intermediateDetails(), leafDetails().setIssuerSerial(7)))
                .isEqualTo(Kind.CERTIFICATE_NOT_OF_INTERMEDIATE);
    }

    @Test
    void refusesALeafForAnotherKey() {
        assertThat(kindOf(
                        intermediateDetails(),
                        leafDetails()
                                .setKey(ByteString.copyFrom(
                                        KeyPair.generate(random).publicKey()))))
                .isEqualTo(Kind.CERTIFICATE_OF_OTHER_KEY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void refusesKeysOfAnotherLength(int length) {
        ByteString key = ByteString.copyFrom(new byte[length]);

        assertThat(kindOf(intermediateDetails().setKey(key), leafDetails())).isEqualTo(Kind.CERTIFICATE_MALFORMED);
        assertThat(kindOf(intermediateDetails(), leafDetails().setKey(key))).isEqualTo(Kind.CERTIFICATE_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 65})
    void refusesSignaturesOfAnotherLength(int length) {
        NoiseCertificate good = intermediate(intermediateDetails());
        NoiseCertificate bad = good.toBuilder()
                .setSignature(ByteString.copyFrom(new byte[length]))
                .build();

        assertThat(kindOf(bad, leaf(leafDetails()))).isEqualTo(Kind.CERTIFICATE_MALFORMED);
        assertThat(kindOf(good, bad)).isEqualTo(Kind.CERTIFICATE_MALFORMED);
    }

    @Test
    void isValidFromTheFirstToTheLastSecond() {
        assertThatCode(() -> verify(
                        intermediateDetails().setNotBefore(NOW).setNotAfter(NOW),
                        leafDetails().setNotBefore(NOW).setNotAfter(NOW)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesCertificatesOutsideTheirWindow() {
        Kind outOfDate = Kind.CERTIFICATE_OUT_OF_DATE;

        assertThat(kindOf(intermediateDetails().setNotBefore(NOW + 1), leafDetails()))
                .isEqualTo(outOfDate);
        assertThat(kindOf(intermediateDetails().setNotAfter(NOW - 1), leafDetails()))
                .isEqualTo(outOfDate);
        assertThat(kindOf(intermediateDetails(), leafDetails().setNotBefore(NOW + 1)))
                .isEqualTo(outOfDate);
        assertThat(kindOf(intermediateDetails(), leafDetails().setNotAfter(NOW - 1)))
                .isEqualTo(outOfDate);
        assertThat(kindOf(intermediateDetails(), leafDetails().clearNotAfter())).isEqualTo(outOfDate);
    }

    /** Times are unsigned on the wire: the highest is the far future. */
    @Test
    void readsTimesAsUnsigned() {
        assertThatCode(() -> verify(
                        intermediateDetails().setNotAfter(-1), leafDetails().setNotAfter(Long.MIN_VALUE)))
                .doesNotThrowAnyException();
        assertThat(kindOf(intermediateDetails().setNotBefore(-1), leafDetails()))
                .isEqualTo(Kind.CERTIFICATE_OUT_OF_DATE);
    }

    @Test
    void refusesWhatIsNoChain() {
        for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, {(byte) 0xFF}, new byte[100]}) {
            assertThat(catchThrowableOfType(
                                    HandshakeException.class,
                                    () -> CertificateChain.verify(
                                            bytes, root.publicKey(), server.publicKey(), Instant.ofEpochSecond(NOW)))
                            .kind())
                    .isEqualTo(Kind.CERTIFICATE_MALFORMED);
        }
    }

    @Test
    void anAuthorityComesBackFromItsBytes() {
        Instant now = Instant.ofEpochSecond(NOW);
        CertificateAuthority authority = CertificateAuthority.create(now, random);
        CertificateAuthority saved = CertificateAuthority.ofBytes(authority.toBytes());

        assertThat(saved.rootPublicKey()).isEqualTo(authority.rootPublicKey());
        assertThat(saved.serverKey()).isEqualTo(authority.serverKey());
        assertThat(saved.chain()).isEqualTo(authority.chain());
    }

    @Test
    void anAuthorityOutlivesItsChain() {
        Instant now = Instant.ofEpochSecond(NOW);
        Instant muchLater = now.plusSeconds(3L * 365 * 86_400);
        CertificateAuthority old = CertificateAuthority.create(now, random);
        CertificateAuthority renewed = old.renewed(muchLater, random);
        byte[] rootKey = old.rootPublicKey();
        byte[] serverKey = old.serverKey().publicKey();

        assertThatCode(() -> CertificateChain.verify(renewed.chain(), rootKey, serverKey, muchLater))
                .doesNotThrowAnyException();
        assertThat(catchThrowableOfType(
                                HandshakeException.class,
                                () -> CertificateChain.verify(old.chain(), rootKey, serverKey, muchLater))
                        .kind())
                .isEqualTo(Kind.CERTIFICATE_OUT_OF_DATE);
    }

    @Test
    void refusesBytesThatAreNoAuthority() {
        for (byte[] bytes : new byte[][] {{}, {1}, new byte[200]}) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> CertificateAuthority.ofBytes(bytes)))
                    .isNotNull();
        }
    }

    private NoiseCertificate.Details.Builder intermediateDetails() {
        return NoiseCertificate.Details.newBuilder()
                .setSerial(5)
                .setIssuerSerial(0)
                .setKey(ByteString.copyFrom(intermediate.publicKey()))
                .setNotBefore(NOW - 1000)
                .setNotAfter(NOW + 1000);
    }

    private NoiseCertificate.Details.Builder leafDetails() {
        return NoiseCertificate.Details.newBuilder()
                .setSerial(6)
                .setIssuerSerial(5)
                .setKey(ByteString.copyFrom(server.publicKey()))
                .setNotBefore(NOW - 1000)
                .setNotAfter(NOW + 1000);
    }

    private NoiseCertificate intermediate(NoiseCertificate.Details.Builder details) {
        return CertificateChain.sign(details.build(), root, random);
    }

    private NoiseCertificate leaf(NoiseCertificate.Details.Builder details) {
        return CertificateChain.sign(details.build(), intermediate, random);
    }

    private byte[] chain(NoiseCertificate.Details.Builder middle, NoiseCertificate.Details.Builder end) {
        return CertChain.newBuilder()
                .setIntermediate(intermediate(middle))
                .setLeaf(leaf(end))
                .build()
                .toByteArray();
    }

    private void verify(NoiseCertificate.Details.Builder middle, NoiseCertificate.Details.Builder end) {
        CertificateChain.verify(chain(middle, end), root.publicKey(), server.publicKey(), Instant.ofEpochSecond(NOW));
    }

    private Kind kindOf(NoiseCertificate.Details.Builder middle, NoiseCertificate.Details.Builder end) {
        return catchThrowableOfType(HandshakeException.class, () -> verify(middle, end))
                .kind();
    }

    private Kind kindOf(NoiseCertificate middle, NoiseCertificate end) {
        byte[] chain = CertChain.newBuilder()
                .setIntermediate(middle)
                .setLeaf(end)
                .build()
                .toByteArray();
        return catchThrowableOfType(
                        HandshakeException.class,
                        () -> CertificateChain.verify(
                                chain, root.publicKey(), server.publicKey(), Instant.ofEpochSecond(NOW)))
                .kind();
    }
}
