package io.greenfinch.protocol.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.DeviceSentMessage;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.SenderKeyDistributionMessage;
import io.greenfinch.protocol.signal.SenderKeyDistribution;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A message as it was decrypted, with what is wrapped around its content taken off (specification §14). Immutable and
 * thread-safe; {@link #toString} tells its kind alone.
 *
 * @param kind what it is
 * @param content the content, in no wrapper any more; what we have no names for is in it too
 * @param wrappers what was around it, apart from the copy's own
 * @param copy where it was sent, when another device of our own account sent it
 * @param senderKey the key of a group that came with it
 * @param bytes all of it as it came, without padding; read-only
 */
public record MessageEnvelope(
        MessageKind kind,
        Message content,
        Set<Wrapper> wrappers,
        Optional<Copy> copy,
        Optional<GroupKey> senderKey,
        byte[] bytes) {

    /** So many wrappers may be in each other; what is deeper is of unknown kind. */
    private static final int MAX_DEPTH = 8;

    /** What says something about the content that it wraps. */
    public enum Wrapper {
        EPHEMERAL,
        VIEW_ONCE,
        CAPTIONED_DOCUMENT,
        EDITED,
        /** Wrapped so that older clients don't take it for something else. */
        FUTURE_PROOF
    }

    /**
     * What a device tells the others of its account about a message that it sent.
     *
     * @param destination the chat, as text
     * @param deviceListHash the hash over the devices that it was sent to
     */
    public record Copy(String destination, Optional<String> deviceListHash) {}

    /**
     * A key by which the sender sends to a group.
     *
     * @param group the group, as text
     * @param key the key
     */
    public record GroupKey(String group, SenderKeyDistribution key) {}

    public MessageEnvelope {
        wrappers = Set.copyOf(wrappers);
    }

    /** Reads what was decrypted; empty when it is no message. */
    public static Optional<MessageEnvelope> open(byte[] padded) {
        return MessagePadding.strip(padded).flatMap(MessageEnvelope::ofPlain);
    }

    /** Reads a message without padding, as {@link #bytes} has it; empty when it is none. */
    public static Optional<MessageEnvelope> ofPlain(byte[] bytes) {
        Message outer;
        try {
            outer = Message.parseFrom(bytes);
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
        Message content = outer;
        Optional<Copy> copy = Optional.empty();
        if (outer.hasDeviceSentMessage()) {
            DeviceSentMessage sent = outer.getDeviceSentMessage();
            copy = Optional.of(new Copy(
                    sent.getDestinationJid(), sent.hasPhash() ? Optional.of(sent.getPhash()) : Optional.empty()));
            content = sent.getMessage();
            if (outer.hasMessageContextInfo() && !content.hasMessageContextInfo()) {
                content = content.toBuilder()
                        .setMessageContextInfo(outer.getMessageContextInfo())
                        .build();
            }
        }
        Set<Wrapper> wrappers = EnumSet.noneOf(Wrapper.class);
        Optional<Layer> layer = layer(content);
        for (int depth = 0; depth < MAX_DEPTH && layer.isPresent(); depth++) {
            wrappers.add(layer.get().wrapper());
            content = layer.get().inner(content);
            layer = layer(content);
        }
        return Optional.of(new MessageEnvelope(
                layer.isPresent() ? MessageKind.UNKNOWN : MessageKind.of(content),
                content,
                wrappers,
                copy,
                senderKey(outer),
                bytes));
    }

    /** The bytes to encrypt. */
    public static byte[] seal(Message message, SecureRandom random) {
        return MessagePadding.pad(message.toByteArray(), random);
    }

    /** The copy of a message that the sender's other devices get. */
    public static Message copy(Message message, Jid chat, Optional<String> deviceListHash) {
        DeviceSentMessage.Builder sent = DeviceSentMessage.newBuilder()
                .setDestinationJid(chat.toString())
                .setMessage(message);
        deviceListHash.ifPresent(sent::setPhash);
        Message.Builder copy = Message.newBuilder().setDeviceSentMessage(sent);
        if (message.hasMessageContextInfo()) {
            copy.setMessageContextInfo(message.getMessageContextInfo());
        }
        return copy.build();
    }

    /** The message that tells a member the key by which we send to a group. */
    public static Message groupKey(Jid group, SenderKeyDistribution key) {
        return Message.newBuilder()
                .setSenderKeyDistributionMessage(SenderKeyDistributionMessage.newBuilder()
                        .setGroupId(group.toString())
                        .setAxolotlSenderKeyDistributionMessage(ByteString.copyFrom(key.encode())))
                .build();
    }

    private static Optional<GroupKey> senderKey(Message message) {
        SenderKeyDistributionMessage told = message.getSenderKeyDistributionMessage();
        return SenderKeyDistribution.parse(
                        told.getAxolotlSenderKeyDistributionMessage().toByteArray())
                .map(key -> new GroupKey(told.getGroupId(), key));
    }

    /** A wrapper with what it wraps. */
    private record Layer(Wrapper wrapper, Message wrapped) {

        /** What is inside, with the outer context where it has none of its own. */
        Message inner(Message outer) {
            return outer.hasMessageContextInfo() && !wrapped.hasMessageContextInfo()
                    ? wrapped.toBuilder()
                            .setMessageContextInfo(outer.getMessageContextInfo())
                            .build()
                    : wrapped;
        }
    }

    private static Optional<Layer> layer(Message message) {
        if (message.hasEphemeralMessage()) {
            return layer(Wrapper.EPHEMERAL, message.getEphemeralMessage());
        }
        if (message.hasViewOnceMessage()) {
            return layer(Wrapper.VIEW_ONCE, message.getViewOnceMessage());
        }
        if (message.hasViewOnceMessageV2()) {
            return layer(Wrapper.VIEW_ONCE, message.getViewOnceMessageV2());
        }
        if (message.hasViewOnceMessageV2Extension()) {
            return layer(Wrapper.VIEW_ONCE, message.getViewOnceMessageV2Extension());
        }
        if (message.hasDocumentWithCaptionMessage()) {
            return layer(Wrapper.CAPTIONED_DOCUMENT, message.getDocumentWithCaptionMessage());
        }
        if (message.hasEditedMessage()) {
            return layer(Wrapper.EDITED, message.getEditedMessage());
        }
        if (message.hasGroupMentionedMessage()) {
            return layer(Wrapper.FUTURE_PROOF, message.getGroupMentionedMessage());
        }
        if (message.hasBotInvokeMessage()) {
            return layer(Wrapper.FUTURE_PROOF, message.getBotInvokeMessage());
        }
        if (message.hasLottieStickerMessage()) {
            return layer(Wrapper.FUTURE_PROOF, message.getLottieStickerMessage());
        }
        if (message.hasAssociatedChildMessage()) {
            return layer(Wrapper.FUTURE_PROOF, message.getAssociatedChildMessage());
        }
        if (message.hasPollCreationMessageV4()) {
            return layer(Wrapper.FUTURE_PROOF, message.getPollCreationMessageV4());
        }
        return Optional.empty();
    }

    private static Optional<Layer> layer(Wrapper wrapper, FutureProofMessage around) {
        return Optional.of(new Layer(wrapper, around.getMessage()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageEnvelope that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "MessageEnvelope[" + kind + "]";
    }
}
