package io.greenfinch.protocol.pairing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.AesGcm;
import io.greenfinch.protocol.curve.InvalidKeyException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.proto.CompanionCommitment;
import io.greenfinch.protocol.proto.CompanionEphemeralIdentity;
import io.greenfinch.protocol.proto.EncryptedPairingRequest;
import io.greenfinch.protocol.proto.PairingRequest;
import io.greenfinch.protocol.proto.PrimaryEphemeralIdentity;
import io.greenfinch.protocol.proto.ProloguePayload;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The companion's side of linking by a passkey, once its owner has answered the challenge (specification §8): it names its key and commits
 * itself to a nonce, reveals that when it has the phone's key, and sends what the phone needs to take it in. One object for each answer.
 * Not thread-safe; {@link #toString()} shows nothing secret.
 */
public final class PasskeyCompanion {

    private final int deviceType;
    private final String ref;
    private final KeyPair ephemeral;
    private final byte[] nonce = new byte[PasskeyKeys.NONCE_LENGTH];
    private final byte[] prologue;
    private final SecureRandom random;

    /**
     * Begins.
     *
     * @param deviceType what the companion registers as
     * @param ref the server's name for this linking
     */
    public PasskeyCompanion(int deviceType, String ref, SecureRandom random) {
        this.deviceType = deviceType;
        this.ref = ref;
        this.random = random;
        ephemeral = KeyPair.generate(random);
        random.nextBytes(nonce);
        ByteString identity = CompanionEphemeralIdentity.newBuilder()
                .setPublicKey(ByteString.copyFrom(ephemeral.publicKey()))
                .setDeviceType(deviceType)
                .setRef(ref)
                .build()
                .toByteString();
        prologue = ProloguePayload.newBuilder()
                .setCompanionEphemeralIdentity(identity)
                .setCommitment(CompanionCommitment.newBuilder()
                        .setHash(ByteString.copyFrom(PasskeyKeys.commitment(identity.toByteArray(), nonce))))
                .build()
                .toByteArray();
    }

    /** Content of {@code prologue_payload}. */
    public byte[] prologue() {
        return prologue.clone();
    }

    /** Content of {@code pairing_handoff_proof}: that it was we who showed the code with this secret. */
    public byte[] handoffProof(byte[] shownSecret) {
        return PasskeyKeys.handoffProof(shownSecret, prologue);
    }

    /** Content of {@code companion_nonce}, to be sent only once the phone's key is known. */
    public byte[] nonce() {
        return nonce.clone();
    }

    /**
     * Takes the phone's key.
     *
     * @param phoneIdentity content of {@code primary_ephemeral_identity}
     * @return empty when that is none
     */
    public Optional<Agreement> agree(byte[] phoneIdentity) {
        try {
            PrimaryEphemeralIdentity phone = PrimaryEphemeralIdentity.parseFrom(phoneIdentity);
            if (phone.getNonce().size() != PasskeyKeys.NONCE_LENGTH) {
                return Optional.empty();
            }
            byte[] key = phone.getPublicKey().toByteArray();
            return Optional.of(new Agreement(
                    PasskeyKeys.code(nonce, key, phone.getNonce().toByteArray()),
                    PasskeyKeys.requestKey(ephemeral.agree(key), deviceType, ref),
                    random));
        } catch (InvalidProtocolBufferException | InvalidKeyException e) {
            return Optional.empty();
        }
    }

    /**
     * What both have agreed on.
     *
     * @param code to be compared with the one on the phone
     */
    public record Agreement(LinkCode code, SecretKey key, SecureRandom random) {

        /**
         * Content of {@code encrypted_pairing_request}.
         *
         * @param advSecret keys the HMAC of the {@code pair-success} that follows
         */
        public byte[] request(KeyPair noise, KeyPair identity, byte[] advSecret) {
            byte[] plain = PairingRequest.newBuilder()
                    .setCompanionPublicKey(ByteString.copyFrom(noise.publicKey()))
                    .setCompanionIdentityKey(ByteString.copyFrom(identity.publicKey()))
                    .setAdvSecret(ByteString.copyFrom(advSecret))
                    .build()
                    .toByteArray();
            byte[] iv = new byte[PasskeyKeys.IV_LENGTH];
            random.nextBytes(iv);
            return EncryptedPairingRequest.newBuilder()
                    .setEncryptedPayload(ByteString.copyFrom(AesGcm.encrypt(key, iv, PasskeyKeys.NO_ASSOCIATED, plain)))
                    .setIv(ByteString.copyFrom(iv))
                    .build()
                    .toByteArray();
        }

        @Override
        public String toString() {
            return "Agreement[hidden]";
        }
    }

    @Override
    public String toString() {
        return "PasskeyCompanion[hidden]";
    }
}
