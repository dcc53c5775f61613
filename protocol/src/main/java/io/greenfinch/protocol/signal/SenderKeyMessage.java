package io.greenfinch.protocol.signal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.curve.XEdDsa;
import io.greenfinch.protocol.proto.SenderKeySignalMessage;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message to a group (specification §11.5). Arrays are read-only.
 *
 * @param id number of the sender key
 * @param iteration number of the message in the sender's chain
 * @param signed what the signature covers: version and protobuf
 */
record SenderKeyMessage(int id, int iteration, byte[] ciphertext, byte[] signed, byte[] signature) {

    /** Empty when the bytes are no such message. */
    static Optional<SenderKeyMessage> parse(byte[] bytes) {
        int end = bytes.length - XEdDsa.SIGNATURE_LENGTH;
        if (end < 1 || !RatchetMessage.hasVersion(bytes)) {
            return Optional.empty();
        }
        try {
            SenderKeySignalMessage message = SenderKeySignalMessage.parseFrom(ByteString.copyFrom(bytes, 1, end - 1));
            return message.hasId() && message.hasIteration() && message.hasCiphertext()
                    ? Optional.of(new SenderKeyMessage(
                            message.getId(),
                            message.getIteration(),
                            message.getCiphertext().toByteArray(),
                            Arrays.copyOf(bytes, end),
                            Arrays.copyOfRange(bytes, end, bytes.length)))
                    : Optional.empty();
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
    }

    /** The bytes of a message. */
    static byte[] encode(int id, ChainKey link, KeyPair signing, byte[] plaintext, SecureRandom random) {
        byte[] signed = RatchetMessage.versioned(SenderKeySignalMessage.newBuilder()
                .setId(id)
                .setIteration(link.index())
                .setCiphertext(
                        ByteString.copyFrom(MessageKeys.ofGroup(link.seed()).encrypt(plaintext)))
                .build()
                .toByteArray());
        byte[] signature = signing.sign(signed, random);
        byte[] bytes = Arrays.copyOf(signed, signed.length + signature.length);
        System.arraycopy(signature, 0, bytes, signed.length, signature.length);
        return bytes;
    }

    boolean isSignedBy(byte[] signingKey) {
        return XEdDsa.verify(signingKey, signed, signature);
    }
}
