package io.greenfinch.simulator.phone;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.message.MessageSecret;
import io.greenfinch.protocol.message.PollContent;
import io.greenfinch.protocol.proto.ContextInfo;
import io.greenfinch.protocol.proto.EncryptedPollVote;
import io.greenfinch.protocol.proto.ExtendedTextMessage;
import io.greenfinch.protocol.proto.FutureProofMessage;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageContextInfo;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.PollUpdateMessage;
import io.greenfinch.protocol.proto.PollVoteMessage;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.ProtocolMessageType;
import io.greenfinch.protocol.proto.ReactionMessage;
import io.greenfinch.simulator.account.SimulatedAccount;
import java.security.SecureRandom;
import java.util.List;
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
        return Message.newBuilder()
                .setReactionMessage(ReactionMessage.newBuilder()
                        .setKey(key(to, reader))
                        .setText(emoji)
                        .setSenderTimestampMs(millis))
                .build();
    }

    /** What {@code writer} does to an earlier message; empty where that is none to which it can be done. */
    static Optional<Message> about(
            KnownMessage earlier, ChatAction.Change change, SimulatedAccount writer, long millis, SecureRandom random) {
        return switch (change) {
            case ChatAction.Edit(String id, String text) ->
                Optional.of(Message.newBuilder()
                        .setEditedMessage(FutureProofMessage.newBuilder()
                                .setMessage(Message.newBuilder()
                                        .setProtocolMessage(ProtocolMessage.newBuilder()
                                                .setKey(key(earlier, writer))
                                                .setType(ProtocolMessageType.MESSAGE_EDIT)
                                                .setEditedMessage(
                                                        Message.newBuilder().setConversation(text))
                                                .setTimestampMs(millis))))
                        .build());
            case ChatAction.Deletion(String id) ->
                Optional.of(Message.newBuilder()
                        .setProtocolMessage(ProtocolMessage.newBuilder()
                                .setKey(key(earlier, writer))
                                .setType(ProtocolMessageType.REVOKE))
                        .build());
            case ChatAction.Vote(String id, var options) -> vote(earlier, options, writer, millis, random);
        };
    }

    private static Optional<Message> vote(
            KnownMessage poll, List<String> options, SimulatedAccount voter, long millis, SecureRandom random) {
        byte[] secret =
                poll.content().getMessageContextInfo().getMessageSecret().toByteArray();
        if (secret.length != SECRET) {
            return Optional.empty();
        }
        PollVoteMessage.Builder chosen = PollVoteMessage.newBuilder();
        options.forEach(option -> chosen.addSelectedOptions(PollContent.hash(option)));
        MessageSecret.Sealed sealed = MessageSecret.encrypt(
                MessageSecret.Use.POLL_VOTE,
                new MessageSecret.Original(
                        secret, poll.id(), poll.chat().addressing().name(poll.author())),
                poll.chat().addressing().name(voter),
                chosen.build().toByteArray(),
                random);
        return Optional.of(Message.newBuilder()
                .setPollUpdateMessage(PollUpdateMessage.newBuilder()
                        .setPollCreationMessageKey(key(poll, voter))
                        .setVote(EncryptedPollVote.newBuilder()
                                .setEncPayload(ByteString.copyFrom(sealed.payload()))
                                .setEncIv(ByteString.copyFrom(sealed.nonce())))
                        .setSenderTimestampMs(millis))
                .build());
    }

    private static MessageKey key(KnownMessage to, SimulatedAccount writer) {
        MessageKey.Builder key = MessageKey.newBuilder()
                .setRemoteJid(to.chat().jid().toString())
                .setFromMe(to.author() == writer)
                .setId(to.id());
        if (!(to.chat() instanceof Chat.Direct) && to.author() != writer) {
            key.setParticipant(to.chat().addressing().name(to.author()).toString());
        }
        return key.build();
    }
}
