package io.greenfinch.protocol.signal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.curve.PublicKeys;
import io.greenfinch.protocol.proto.SignalMessage;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message of a session (specification §11.3). Arrays are read-only.
 *
 * @param ratchetKey the sender's current ratchet key, raw
 * @param counter number of the message in the sender's chain
 * @param previousCounter number of the last message in the sender's chain before this one
 * @param authenticated what the MAC covers: version and protobuf
 * @param mac the MAC it came with
 */
record RatchetMessage(
        byte[] ratchetKey, int counter, int previousCounter, byte[] ciphertext, byte[] authenticated, byte[] mac) {

    /** Current and least version of every Signal message. */
    static final int VERSION = 0x33;

    /** Empty when the bytes are no such message. */
    static Optional<RatchetMessage> parse(byte[] bytes) {
        int end = bytes.length - MessageKeys.MAC_LENGTH;
        if (end < 1 || !hasVersion(bytes)) {
            return Optional.empty();
        }
        SignalMessage message;
        try {
            message = SignalMessage.parseFrom(ByteString.copyFrom(bytes, 1, end - 1));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
        if (!message.hasCounter() || !message.hasCiphertext()) {
            return Optional.empty();
        }
        return PublicKeys.raw(message.getRatchetKey().toByteArray())
                .map(key -> new RatchetMessage(
                        key,
                        message.getCounter(),
                        message.getPreviousCounter(),
                        message.getCiphertext().toByteArray(),
                        Arrays.copyOf(bytes, end),
                        Arrays.copyOfRange(bytes, end, bytes.length)));
    }

    /** Whether this is of version 3; what newest version its sender knows makes no difference. */
    static boolean hasVersion(byte[] bytes) {
        return bytes.length > 0 && (bytes[0] & 0xFF) >> 4 == VERSION >> 4;
    }

    /** The bytes of a message from {@code sender} to {@code receiver}, whose identity keys the MAC covers. */
    static byte[] encode(
            ChainKey link, byte[] ratchetKey, int previousCounter, byte[] sender, byte[] receiver, byte[] plaintext) {
        MessageKeys keys = MessageKeys.ofSession(link.seed());
        byte[] authenticated = versioned(SignalMessage.newBuilder()
                .setRatchetKey(ByteString.copyFrom(PublicKeys.serialized(ratchetKey)))
                .setCounter(link.index())
                .setPreviousCounter(previousCounter)
                .setCiphertext(ByteString.copyFrom(keys.encrypt(plaintext)))
                .build()
                .toByteArray());
        byte[] mac = keys.mac(PublicKeys.serialized(sender), PublicKeys.serialized(receiver), authenticated);
        byte[] bytes = Arrays.copyOf(authenticated, authenticated.length + mac.length);
        System.arraycopy(mac, 0, bytes, authenticated.length, mac.length);
        return bytes;
    }

    /** The version byte before a protobuf. */
    static byte[] versioned(byte[] protobuf) {
        byte[] bytes = new byte[1 + protobuf.length];
        bytes[0] = VERSION;
        System.arraycopy(protobuf, 0, bytes, 1, protobuf.length);
        return bytes;
    }

    boolean isGenuine(MessageKeys keys, byte[] sender, byte[] receiver) {
        return keys.verify(mac, PublicKeys.serialized(sender), PublicKeys.serialized(receiver), authenticated);
    }
}
