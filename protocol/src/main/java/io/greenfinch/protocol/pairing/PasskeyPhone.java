package io.greenfinch.protocol.pairing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.AesGcm;
import io.greenfinch.protocol.curve.InvalidKeyException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.CompanionEphemeralIdentity;
import io.greenfinch.protocol.proto.EncryptedPairingRequest;
import io.greenfinch.protocol.proto.PairingRequest;
import io.greenfinch.protocol.proto.PrimaryEphemeralIdentity;
import io.greenfinch.protocol.proto.ProloguePayload;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.SecretKey;

/** The phone's side of linking by a passkey (specification §8). One object for each companion that answers. Not thread-safe. */
public final class PasskeyPhone {

    private final byte[] companionIdentity;
    private final byte[] commitment;
    private final KeyPair ephemeral;
    private final byte[] nonce = new byte[PasskeyKeys.NONCE_LENGTH];
    private final SecretKey key;

    private PasskeyPhone(
            byte[] companionIdentity, byte[] commitment, KeyPair ephemeral, SecretKey key, SecureRandom random) {
        this.companionIdentity = companionIdentity;
        this.commitment = commitment;
        this.ephemeral = ephemeral;
        this.key = key;
        random.nextBytes(nonce);
    }

    /** Begins with a companion's prologue; empty when that can't be read. */
    public static Optional<PasskeyPhone> answering(byte[] prologue, SecureRandom random) {
        try {
            ProloguePayload payload = ProloguePayload.parseFrom(prologue);
            CompanionEphemeralIdentity companion =
                    CompanionEphemeralIdentity.parseFrom(payload.getCompanionEphemeralIdentity());
            KeyPair ephemeral = KeyPair.generate(random);
            byte[] shared = ephemeral.agree(companion.getPublicKey().toByteArray());
            return Optional.of(new PasskeyPhone(
                    payload.getCompanionEphemeralIdentity().toByteArray(),
                    payload.getCommitment().getHash().toByteArray(),
                    ephemeral,
                    PasskeyKeys.requestKey(shared, companion.getDeviceType(), companion.getRef()),
                    random));
        } catch (InvalidProtocolBufferException | InvalidKeyException e) {
            return Optional.empty();
        }
    }

    /** Whether a prologue comes from who showed the code with this secret. */
    public static boolean proves(byte[] proof, byte[] prologue, byte[] shownSecret) {
        return MessageDigest.isEqual(proof, PasskeyKeys.handoffProof(shownSecret, prologue));
    }

    /** Content of {@code primary_ephemeral_identity}. */
    public byte[] hello() {
        return PrimaryEphemeralIdentity.newBuilder()
                .setPublicKey(ByteString.copyFrom(ephemeral.publicKey()))
                .setNonce(ByteString.copyFrom(nonce))
                .build()
                .toByteArray();
    }

    /**
     * Takes the nonce that the companion has committed itself to.
     *
     * @return the code to show; empty when it is another nonce
     */
    public Optional<LinkCode> revealed(byte[] companionNonce) {
        return MessageDigest.isEqual(commitment, PasskeyKeys.commitment(companionIdentity, companionNonce))
                ? Optional.of(PasskeyKeys.code(companionNonce, ephemeral.publicKey(), nonce))
                : Optional.empty();
    }

    /**
     * What the companion wants to be taken in with.
     *
     * @param noiseKey the key of its connection
     */
    public record Wanted(byte[] noiseKey, byte[] identityKey, byte[] advSecret) {
        @Override
        public String toString() {
            return "Wanted[hidden]";
        }
    }

    /** Opens the companion's request; empty when it was made for somebody else, or is none. */
    public Optional<Wanted> opened(byte[] request) {
        try {
            EncryptedPairingRequest sealed = EncryptedPairingRequest.parseFrom(request);
            if (sealed.getIv().size() != PasskeyKeys.IV_LENGTH) {
                return Optional.empty();
            }
            Optional<byte[]> plain = AesGcm.decrypt(
                    key,
                    sealed.getIv().toByteArray(),
                    PasskeyKeys.NO_ASSOCIATED,
                    sealed.getEncryptedPayload().toByteArray(),
                    0);
            if (plain.isEmpty()) {
                return Optional.empty();
            }
            PairingRequest wanted = PairingRequest.parseFrom(plain.get());
            return Optional.of(new Wanted(
                    wanted.getCompanionPublicKey().toByteArray(),
                    wanted.getCompanionIdentityKey().toByteArray(),
                    wanted.getAdvSecret().toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "PasskeyPhone[hidden]";
    }
}
