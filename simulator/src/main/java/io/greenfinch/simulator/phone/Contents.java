package io.greenfinch.simulator.phone;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageContextInfo;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.ReactionMessage;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.security.SecureRandom;
import java.util.Optional;

/** What phones write, as messages have it (specification §31.5). */
final class Contents {

    private static final int SECRET = 32;

    private Contents() {}

    /** A text, with the message that it answers. */
    static Message text(String text, Optional<KnownMessage> quoted, SecureRandom random) {
        Message.Builder message = Message.newBuilder();
        quoted.ifPresentOrElse(
                answered -> message.setExtendedTextMessage(ExtendedTextMessage.newBuilder()
                        .setText(text)
                        .setContextInfo(ContextInfo.newBuilder()
                                .setStanzaId(answered.id())
                                .setParticipant(answered.chat()
                                        .addressing()
                                        .name(answered.author())
                                        .toString())
                                .setQuotedMessage(answered.content().toBuilder().clearMessageContextInfo()))),
                () -> message.setConversation(text));
        byte[] secret = new byte[SECRET];
        random.nextBytes(secret);
        return message.setMessageContextInfo(
                        MessageContextInfo.newBuilder().setMessageSecret(ByteString.copyFrom(secret)))
                .build();
    }

    /** A reaction of {@code reader} to a message. */
    static Message reaction(String emoji, KnownMessage to, SimulatedAccount reader, long millis) {
        MessageKey.Builder key = MessageKey.newBuilder()
                .setRemoteJid(to.chat().jid().toString())
                .setFromMe(to.author() == reader)
                .setId(to.id());
        if (to.chat() instanceof Chat.InGroup && to.author() != reader) {
            key.setParticipant(to.chat().addressing().name(to.author()).toString());
        }
        return Message.newBuilder()
                .setReactionMessage(
                        ReactionMessage.newBuilder().setKey(key).setText(emoji).setSenderTimestampMs(millis))
                .build();
    }
}
