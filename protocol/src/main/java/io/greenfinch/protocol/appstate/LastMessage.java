package io.greenfinch.protocol.appstate;

import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.SyncActionMessage;
import io.greenfinch.protocol.proto.SyncActionMessageRange;
import java.time.Instant;
import java.util.Optional;

/**
 * A message as entries of the app state name it.
 *
 * @param participant who wrote it, in a group, unless it was ourselves
 * @param at when it was sent, to the second
 */
public record LastMessage(String id, boolean fromMe, Optional<Jid> participant, Instant at) {

    /** The range of a chat's messages that ends with it. */
    SyncActionMessageRange range(Jid chat) {
        MessageKey.Builder key = MessageKey.newBuilder()
                .setRemoteJid(chat.toString())
                .setFromMe(fromMe)
                .setId(id);
        participant.ifPresent(author -> key.setParticipant(author.toString()));
        return SyncActionMessageRange.newBuilder()
                .setLastMessageTimestamp(at.getEpochSecond())
                .addMessages(SyncActionMessage.newBuilder().setKey(key).setTimestamp(at.getEpochSecond()))
                .build();
    }
}
