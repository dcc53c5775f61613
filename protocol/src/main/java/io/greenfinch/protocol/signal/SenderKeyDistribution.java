package io.greenfinch.protocol.signal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.PublicKeys;
import io.greenfinch.protocol.proto.SenderKeyDistributionSignalMessage;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a sender tells the members of a group, one by one, so that they can read its messages from one on (specification
 * §11.5). Keys are raw, arrays read-only; {@link #toString} hides the chain.
 *
 * @param id number of the sender key
 * @param iteration number of the first message that can be read
 * @param chainKey the key of that message, 32 bytes
 * @param signingKey the key that signs the messages
 */
public record SenderKeyDistribution(int id, int iteration, byte[] chainKey, byte[] signingKey) {

    /** Empty when the bytes are no such message. */
    public static Optional<SenderKeyDistribution> parse(byte[] bytes) {
        if (!RatchetMessage.hasVersion(bytes)) {
            return Optional.empty();
        }
        SenderKeyDistributionSignalMessage message;
        try {
            message = SenderKeyDistributionSignalMessage.parseFrom(ByteString.copyFrom(bytes, 1, bytes.length - 1));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
        byte[] chainKey = message.getChainKey().toByteArray();
        if (!message.hasId() || message.getIteration() < 0 || chainKey.length != KeyPair.KEY_LENGTH) {
            return Optional.empty();
        }
        return PublicKeys.raw(message.getSigningKey().toByteArray())
                .map(key -> new SenderKeyDistribution(message.getId(), message.getIteration(), chainKey, key));
    }

    /** The bytes that {@link #parse} reads, in version 3. */
    public byte[] encode() {
        return RatchetMessage.versioned(SenderKeyDistributionSignalMessage.newBuilder()
                .setId(id)
                .setIteration(iteration)
                .setChainKey(ByteString.copyFrom(chainKey))
                .setSigningKey(ByteString.copyFrom(PublicKeys.serialized(signingKey)))
                .build()
                .toByteArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SenderKeyDistribution that
                && id == that.id
                && iteration == that.iteration
                && Arrays.equals(chainKey, that.chainKey)
                && Arrays.equals(signingKey, that.signingKey);
    }

    @Override
    public int hashCode() {
        return 31 * id + iteration;
    }

    @Override
    public String toString() {
        return "SenderKeyDistribution[" + Integer.toUnsignedString(id) + " from " + iteration + "]";
    }
}
