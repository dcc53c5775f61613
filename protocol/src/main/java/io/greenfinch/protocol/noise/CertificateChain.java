package io.greenfinch.protocol.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.XEdDsa;
import io.greenfinch.protocol.proto.CertChain;
import io.greenfinch.protocol.proto.NoiseCertificate;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** The certificates by which a server shows that its Noise key is WhatsApp's (specification §3): made and checked. */
final class CertificateChain {

    static final int ROOT_SERIAL = 0;

    private static final VerifiedChains VERIFIED = new VerifiedChains();

    private CertificateChain() {}

    static NoiseCertificate sign(NoiseCertificate.Details details, KeyPair issuer, SecureRandom random) {
        byte[] bytes = details.toByteArray();
        return NoiseCertificate.newBuilder()
                .setDetails(ByteString.copyFrom(bytes))
                .setSignature(ByteString.copyFrom(issuer.sign(bytes, random)))
                .build();
    }

    /**
     * Checks every row of the specification's table.
     *
     * @return the key with the time during which both certificates are valid
     *
     * @throws HandshakeException of one of the {@code CERTIFICATE_…} kinds
     */
    static ServerKey verify(byte[] chain, byte[] rootKey, byte[] serverKey, Instant now) {
        Optional<ServerKey> again = VERIFIED.find(chain, rootKey, serverKey, now);
        if (again.isPresent()) {
            return again.get();
        }
        ServerKey verified = verifyAnew(chain, rootKey, serverKey, now);
        VERIFIED.add(chain, verified);
        return verified;
    }

    private static ServerKey verifyAnew(byte[] chain, byte[] rootKey, byte[] serverKey, Instant now) {
        NoiseCertificate intermediate;
        NoiseCertificate leaf;
        NoiseCertificate.Details intermediateDetails;
        NoiseCertificate.Details leafDetails;
        try {
            CertChain parsed = CertChain.parseFrom(chain);
            intermediate = parsed.getIntermediate();
            leaf = parsed.getLeaf();
            intermediateDetails = NoiseCertificate.Details.parseFrom(intermediate.getDetails());
            leafDetails = NoiseCertificate.Details.parseFrom(leaf.getDetails());
        } catch (InvalidProtocolBufferException e) {
            throw new HandshakeException(HandshakeException.Kind.CERTIFICATE_MALFORMED, "no protobuf", e);
        }
        requireLengths("intermediate", intermediate, intermediateDetails);
        requireLengths("leaf", leaf, leafDetails);

        requireIssuer(
                HandshakeException.Kind.CERTIFICATE_NOT_OF_ROOT,
                isSigned(intermediate, rootKey),
                intermediateDetails.getIssuerSerial(),
                ROOT_SERIAL);
        requireIssuer(
                HandshakeException.Kind.CERTIFICATE_NOT_OF_INTERMEDIATE,
                isSigned(leaf, intermediateDetails.getKey().toByteArray()),
                leafDetails.getIssuerSerial(),
                intermediateDetails.getSerial());
        if (!MessageDigest.isEqual(leafDetails.getKey().toByteArray(), serverKey)) {
            throw new HandshakeException(
                    HandshakeException.Kind.CERTIFICATE_OF_OTHER_KEY, "the leaf certificate is for another key");
        }
        requireWindow("intermediate", intermediateDetails, now);
        requireWindow("leaf", leafDetails, now);
        return new ServerKey(
                serverKey,
                rootKey,
                later(instant(intermediateDetails.getNotBefore()), instant(leafDetails.getNotBefore())),
                earlier(instant(intermediateDetails.getNotAfter()), instant(leafDetails.getNotAfter())));
    }

    /** Unsigned seconds; what lies beyond the end of time is its end. */
    private static Instant instant(long seconds) {
        long most = Instant.MAX.getEpochSecond();
        return Instant.ofEpochSecond(Long.compareUnsigned(seconds, most) > 0 ? most : seconds);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static void requireLengths(String which, NoiseCertificate certificate, NoiseCertificate.Details details) {
        int key = details.getKey().size();
        int signature = certificate.getSignature().size();
        if (key != KeyPair.KEY_LENGTH || signature != XEdDsa.SIGNATURE_LENGTH) {
            throw new HandshakeException(
                    HandshakeException.Kind.CERTIFICATE_MALFORMED,
                    which + " key of " + key + " bytes, signature of " + signature);
        }
    }

    private static boolean isSigned(NoiseCertificate certificate, byte[] issuerKey) {
        return XEdDsa.verify(
                issuerKey,
                certificate.getDetails().toByteArray(),
                certificate.getSignature().toByteArray());
    }

    private static void requireIssuer(HandshakeException.Kind kind, boolean signed, int named, int issuer) {
        if (!signed) {
            throw new HandshakeException(kind, "wrong signature");
        }
        if (named != issuer) {
            throw new HandshakeException(kind, "issuer serial " + Integer.toUnsignedString(named));
        }
    }

    /** Times are unsigned seconds on the wire: a huge one is far in the future, not before 1970. */
    private static void requireWindow(String which, NoiseCertificate.Details details, Instant now) {
        long seconds = now.getEpochSecond();
        if (Long.compareUnsigned(seconds, details.getNotBefore()) < 0
                || Long.compareUnsigned(seconds, details.getNotAfter()) > 0) {
            throw new HandshakeException(
                    HandshakeException.Kind.CERTIFICATE_OUT_OF_DATE,
                    which + " is valid from " + Long.toUnsignedString(details.getNotBefore()) + " to "
                            + Long.toUnsignedString(details.getNotAfter()) + ", now is " + seconds);
        }
    }
}
