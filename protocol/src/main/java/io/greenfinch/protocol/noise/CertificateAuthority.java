package io.greenfinch.protocol.noise;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.CertChain;
import io.greenfinch.protocol.proto.NoiseCertificate;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Root, intermediate and server key of a simulated service, with the certificate chain between them (specification §3).
 * The chain is valid from a day before it was made until a year after.
 *
 * <p>Immutable and thread-safe. {@link #toString()} shows public keys only.
 */
public final class CertificateAuthority {

    private static final int INTERMEDIATE_SERIAL = 1;
    private static final int LEAF_SERIAL = 2;
    private static final Duration BEFORE = Duration.ofDays(1);
    private static final Duration AFTER = Duration.ofDays(365);

    private static final byte SAVED_VERSION = 1;
    private static final int SAVED_HEADER = 1 + 3 * KeyPair.KEY_LENGTH;

    private final KeyPair root;
    private final KeyPair intermediate;
    private final KeyPair server;
    private final byte[] chain;

    private CertificateAuthority(KeyPair root, KeyPair intermediate, KeyPair server, byte[] chain) {
        this.root = root;
        this.intermediate = intermediate;
        this.server = server;
        this.chain = chain;
    }

    /** New keys and a chain. */
    public static CertificateAuthority create(Instant now, SecureRandom random) {
        return issue(KeyPair.generate(random), KeyPair.generate(random), KeyPair.generate(random), now, random);
    }

    /** The same keys with a chain made at {@code now}, for a service that is started again long after. */
    public CertificateAuthority renewed(Instant now, SecureRandom random) {
        return issue(root, intermediate, server, now, random);
    }

    /** Another server key under the same root, as a service changes it from time to time. */
    public CertificateAuthority rekeyed(Instant now, SecureRandom random) {
        return issue(root, KeyPair.generate(random), KeyPair.generate(random), now, random);
    }

    private static CertificateAuthority issue(
            KeyPair root, KeyPair intermediate, KeyPair server, Instant now, SecureRandom random) {
        NoiseCertificate.Details window = NoiseCertificate.Details.newBuilder()
                .setNotBefore(now.minus(BEFORE).getEpochSecond())
                .setNotAfter(now.plus(AFTER).getEpochSecond())
                .build();
        NoiseCertificate.Details intermediateDetails = window.toBuilder()
                .setSerial(INTERMEDIATE_SERIAL)
                .setIssuerSerial(CertificateChain.ROOT_SERIAL)
                .setKey(ByteString.copyFrom(intermediate.publicKey()))
                .build();
        NoiseCertificate.Details leafDetails = window.toBuilder()
                .setSerial(LEAF_SERIAL)
                .setIssuerSerial(INTERMEDIATE_SERIAL)
                .setKey(ByteString.copyFrom(server.publicKey()))
                .build();
        CertChain chain = CertChain.newBuilder()
                .setIntermediate(CertificateChain.sign(intermediateDetails, root, random))
                .setLeaf(CertificateChain.sign(leafDetails, intermediate, random))
                .build();
        return new CertificateAuthority(root, intermediate, server, chain.toByteArray());
    }

    /**
     * The authority that {@link #toBytes} saved, with the chain it had.
     *
     * @throws IllegalArgumentException when the bytes are something else
     */
    public static CertificateAuthority ofBytes(byte[] saved) {
        if (saved.length < SAVED_HEADER || saved[0] != SAVED_VERSION) {
            throw new IllegalArgumentException("not a saved certificate authority");
        }
        ByteBuffer in = ByteBuffer.wrap(saved, 1, saved.length - 1);
        return new CertificateAuthority(savedKey(in), savedKey(in), savedKey(in), rest(in));
    }

    private static KeyPair savedKey(ByteBuffer in) {
        byte[] key = new byte[KeyPair.KEY_LENGTH];
        in.get(key);
        return KeyPair.ofPrivate(key);
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    /** Everything, private keys included, for {@link #ofBytes}. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(SAVED_HEADER + chain.length)
                .put(SAVED_VERSION)
                .put(root.privateKey())
                .put(intermediate.privateKey())
                .put(server.privateKey())
                .put(chain)
                .array();
    }

    /** The key that clients must be told to trust, raw. */
    public byte[] rootPublicKey() {
        return root.publicKey();
    }

    /** The server's Noise key. */
    public KeyPair serverKey() {
        return server;
    }

    /** The serialized chain, the payload of the server's hello. */
    public byte[] chain() {
        return chain.clone();
    }

    @Override
    public String toString() {
        return "CertificateAuthority[root " + HexFormat.of().formatHex(root.publicKey()) + "]";
    }
}
