package io.greenfinch.gateway.chat;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.ContactMessage;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.LocationMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageContextInfo;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.PollCreationMessage;
import io.greenfinch.protocol.proto.PollOption;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes messages as WhatsApp has them (specification §14, §31.5). {@link MessageReading} reads them. */
public final class MessageWriting {

    private MessageWriting() {}

    /**
     * A message that is known, to be answered or passed on. {@link #toString} does not show what was written.
     *
     * @param author who wrote it
     */
    public record Known(String id, Jid author, MessageEnvelope message) {

        /** What it answers itself is left out: nobody shows it, and it would grow from answer to answer. */
        ContextInfo context() {
            return ContextInfo.newBuilder()
                    .setStanzaId(id)
                    .setParticipant(author.toString())
                    .setQuotedMessage(MessageContexts.with(message, ContextInfo.getDefaultInstance()))
                    .build();
        }

        @Override
        public String toString() {
            return "Known[" + id + "]";
        }
    }

    /** The same message, which disappears after some seconds; {@code since} is when that was said of its chat. */
    public static Message disappearing(Message message, int seconds, Optional<Instant> since) {
        return MessageContexts.disappearing(message, seconds, since);
    }

    /** That messages of a chat disappear after some seconds, or never. */
    public static Message timer(int seconds, Instant now) {
        return Message.newBuilder()
                .setProtocolMessage(ProtocolMessage.newBuilder()
                        .setType(ProtocolMessageType.EPHEMERAL_SETTING)
                        .setEphemeralExpiration(seconds)
                        .setEphemeralSettingTimestamp(now.getEpochSecond()))
                .build();
    }

    /** A text. */
    public static Message text(String text, Optional<Known> answered) {
        return answered.map(known -> Message.newBuilder()
                        .setExtendedTextMessage(
                                ExtendedTextMessage.newBuilder().setText(text).setContextInfo(known.context()))
                        .build())
                .orElseGet(() -> Message.newBuilder().setConversation(text).build());
    }

    /** A place, by degrees; name and address may be empty. */
    public static Message location(
            double latitude, double longitude, String name, String address, Optional<Known> answered) {
        LocationMessage.Builder location = LocationMessage.newBuilder()
                .setDegreesLatitude(latitude)
                .setDegreesLongitude(longitude)
                .setName(name)
                .setAddress(address);
        answered.map(Known::context).ifPresent(location::setContextInfo);
        return Message.newBuilder().setLocationMessage(location).build();
    }

    /** Somebody's card. */
    public static Message contact(ContactCard card, Optional<Known> answered) {
        ContactMessage.Builder contact =
                ContactMessage.newBuilder().setDisplayName(card.displayName()).setVcard(card.vcard());
        answered.map(Known::context).ifPresent(contact::setContextInfo);
        return Message.newBuilder().setContactMessage(contact).build();
    }

    /**
     * A question with answers to choose from.
     *
     * @param secret 32 random bytes, by which votes are encrypted (specification §14.9)
     */
    public static Message poll(
            String question, List<String> options, boolean several, byte[] secret, Optional<Known> answered) {
        PollCreationMessage.Builder poll =
                PollCreationMessage.newBuilder().setName(question).setSelectableOptionsCount(several ? 0 : 1);
        options.forEach(option -> poll.addOptions(PollOption.newBuilder().setOptionName(option)));
        answered.map(Known::context).ifPresent(poll::setContextInfo);
        Message.Builder message = Message.newBuilder()
                .setMessageContextInfo(MessageContextInfo.newBuilder().setMessageSecret(ByteString.copyFrom(secret)));
        return (several ? message.setPollCreationMessage(poll) : message.setPollCreationMessageV3(poll)).build();
    }

    /** Another text for a text of ours. */
    public static Message edit(Jid chat, String id, String text, Instant at) {
        ProtocolMessage.Builder edit = ProtocolMessage.newBuilder()
                .setKey(ownKey(chat, id))
                .setType(ProtocolMessageType.MESSAGE_EDIT)
                .setEditedMessage(Message.newBuilder().setConversation(text))
                .setTimestampMs(at.toEpochMilli());
        return Message.newBuilder()
                .setEditedMessage(FutureProofMessage.newBuilder()
                        .setMessage(Message.newBuilder().setProtocolMessage(edit)))
                .build();
    }

    /** A message of ours is taken back. */
    public static Message deletion(Jid chat, String id) {
        return Message.newBuilder()
                .setProtocolMessage(
                        ProtocolMessage.newBuilder().setKey(ownKey(chat, id)).setType(ProtocolMessageType.REVOKE))
                .build();
    }

    private static MessageKey ownKey(Jid chat, String id) {
        return MessageKey.newBuilder()
                .setRemoteJid(chat.toString())
                .setFromMe(true)
                .setId(id)
                .build();
    }
}
