package io.greenfinch.simulator.phone;

import com.google.protobuf.ByteString;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.HistorySyncMsg;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.ProtocolMessage;
import io.greenfinch.protocol.proto.WebMessageInfo;
import io.greenfinch.simulator.account.SimulatedAccount;
import io.greenfinch.simulator.group.SimulatedGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The chats of a phone as it tells them to a new companion: what it read and wrote, with what was changed or taken back later as it is
 * now (specification §22). Guarded by the world's lock.
 */
final class PhoneHistory {

    private static final int TAKEN_BACK = 1;
    private static final int SENT = 2;

    private PhoneHistory() {}

    /** Each chat with all its messages, the newest first; the chat with the latest message is the first. */
    static List<Conversation> of(PhoneState me) {
        List<KnownMessage> known = new ArrayList<>(me.messages().values());
        known.sort(Comparator.comparing(KnownMessage::at));
        SequencedMap<String, WebMessageInfo.Builder> told = new LinkedHashMap<>();
        Map<String, Chat> chats = new LinkedHashMap<>();
        for (KnownMessage message : known) {
            if (!(message.chat() instanceof Chat.Status)) {
                MessageEnvelope.ofPlain(message.content().toByteArray())
                        .ifPresent(envelope -> add(me, message, envelope, told, chats));
            }
        }
        Map<Chat, Conversation.Builder> conversations = new LinkedHashMap<>();
        for (Map.Entry<String, WebMessageInfo.Builder> each :
                told.sequencedEntrySet().reversed()) {
            conversations
                    .computeIfAbsent(chats.get(each.getKey()), chat -> head(me, chat, each.getValue()))
                    .addMessages(HistorySyncMsg.newBuilder().setMessage(each.getValue()));
        }
        return conversations.values().stream().map(Conversation.Builder::build).toList();
    }

    private static void add(
            PhoneState me,
            KnownMessage message,
            MessageEnvelope envelope,
            Map<String, WebMessageInfo.Builder> told,
            Map<String, Chat> chats) {
        ProtocolMessage change = envelope.content().getProtocolMessage();
        WebMessageInfo.Builder earlier = told.get(change.getKey().getId());
        switch (envelope.kind()) {
            case EDIT -> {
                if (earlier != null) {
                    earlier.setMessage(change.getEditedMessage().toByteString());
                }
            }
            case DELETION -> {
                if (earlier != null) {
                    earlier.clearMessage().setMessageStubType(TAKEN_BACK);
                }
            }
            default -> {
                if (isTold(envelope)) {
                    told.put(message.id(), info(me, message));
                    chats.put(message.id(), message.chat());
                }
            }
        }
    }

    /** Reactions and votes stand with the message that they are about, and keys in no chat. */
    private static boolean isTold(MessageEnvelope envelope) {
        return MessageText.of(envelope).isPresent()
                && envelope.kind() != MessageKind.REACTION
                && envelope.kind() != MessageKind.ENCRYPTED_REACTION
                && envelope.kind() != MessageKind.POLL_VOTE;
    }

    private static WebMessageInfo.Builder info(PhoneState me, KnownMessage message) {
        boolean own = message.author() == me.owner();
        MessageKey.Builder key = MessageKey.newBuilder()
                .setRemoteJid(message.chat().jid().toString())
                .setFromMe(own)
                .setId(message.id());
        WebMessageInfo.Builder info = WebMessageInfo.newBuilder()
                .setMessage(plain(message.content()))
                .setMessageTimestamp(message.at().getEpochSecond());
        if (message.chat() instanceof Chat.InGroup && !own) {
            String author = message.chat().addressing().name(message.author()).toString();
            key.setParticipant(author);
            info.setParticipant(author);
        }
        if (own) {
            info.setStatus(SENT);
        } else {
            message.author().pushName().ifPresent(info::setPushName);
        }
        return info.setKey(key);
    }

    private static ByteString plain(Message content) {
        return content.toBuilder().clearSenderKeyDistributionMessage().build().toByteString();
    }

    private static Conversation.Builder head(PhoneState me, Chat chat, WebMessageInfo.Builder latest) {
        Conversation.Builder head = Conversation.newBuilder()
                .setId(chat.jid().toString())
                .setConversationTimestamp(latest.getMessageTimestamp());
        switch (chat) {
            case Chat.Direct(SimulatedAccount other, var _) ->
                head.setPnJid(other.pn().toString()).setLidJid(other.lid().toString());
            case Chat.InGroup(SimulatedGroup group) ->
                head.setName(me.screen().subject(group.jid()).orElseGet(group::subject));
            case Chat.Status _ -> {}
        }
        return head;
    }
}
