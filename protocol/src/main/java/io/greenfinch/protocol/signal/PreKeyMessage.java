package io.greenfinch.protocol.signal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.PublicKeys;
import io.greenfinch.protocol.proto.PreKeySignalMessage;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message that starts a session (specification §11.3). Keys are raw, arrays read-only.
 *
 * @param registrationId the number of the sender's installation
 * @param signedPreKeyId which of our signed prekeys it was started from
 * @param preKeyId which of our one-time prekeys, if any
 * @param baseKey the sender's key for this start alone
 * @param identityKey the sender's identity key
 * @param message the first message, or a later one that was sent before our answer
 */
record PreKeyMessage(
        int registrationId,
        int signedPreKeyId,
        OptionalInt preKeyId,
        byte[] baseKey,
        byte[] identityKey,
        RatchetMessage message) {

    /** Empty when the bytes are no such message. */
    static Optional<PreKeyMessage> parse(byte[] bytes) {
        if (!RatchetMessage.hasVersion(bytes)) {
            return Optional.empty();
        }
        PreKeySignalMessage outer;
        try {
            outer = PreKeySignalMessage.parseFrom(ByteString.copyFrom(bytes, 1, bytes.length - 1));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
        Optional<byte[]> base = PublicKeys.raw(outer.getBaseKey().toByteArray());
        Optional<byte[]> identity = PublicKeys.raw(outer.getIdentityKey().toByteArray());
        Optional<RatchetMessage> inner = RatchetMessage.parse(outer.getMessage().toByteArray());
        if (base.isEmpty() || identity.isEmpty() || inner.isEmpty() || !outer.hasSignedPreKeyId()) {
            return Optional.empty();
        }
        return Optional.of(new PreKeyMessage(
                outer.getRegistrationId(),
                outer.getSignedPreKeyId(),
                outer.hasPreKeyId() ? OptionalInt.of(outer.getPreKeyId()) : OptionalInt.empty(),
                base.get(),
                identity.get(),
                inner.get()));
    }

    /** The bytes of a message around {@code inner}. */
    static byte[] encode(LocalIdentity sender, PendingStart start, byte[] baseKey, byte[] inner) {
        PreKeySignalMessage.Builder outer = PreKeySignalMessage.newBuilder()
                .setRegistrationId(sender.registrationId())
                .setSignedPreKeyId(start.signedPreKeyId())
                .setBaseKey(ByteString.copyFrom(PublicKeys.serialized(baseKey)))
                .setIdentityKey(
                        ByteString.copyFrom(PublicKeys.serialized(sender.keys().publicKey())))
                .setMessage(ByteString.copyFrom(inner));
        start.preKeyId().ifPresent(outer::setPreKeyId);
        return RatchetMessage.versioned(outer.build().toByteArray());
    }
}
