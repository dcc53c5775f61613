package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Group;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.MessageWriting;
import io.greenfinch.gateway.store.ChatTimerTable;
import io.greenfinch.gateway.store.ChatTimerTable.ChatTimer;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.proto.Message;
import java.util.Optional;

/** Sees to it that what we write disappears where that is agreed on: each message says so of itself (specification §14). Thread-safe. */
record DisappearingMessages(ChatTimerTable timers) {

    /** A message as it goes into this chat; blocks. */
    Message in(long instance, Session session, Jid chat, Message message) {
        if (chat.isStatus()) {
            return message;
        }
        if (chat.isGroup()) {
            int seconds = session.groups()
                    .cached(chat)
                    .map(Group::settings)
                    .map(Group.Settings::ephemeralSeconds)
                    .orElse(0);
            return seconds == 0 ? message : MessageWriting.disappearing(message, seconds, Optional.empty());
        }
        return timers.of(instance, ChatNames.of(chat))
                .filter(timer -> timer.seconds() > 0)
                .map(timer -> timed(message, timer))
                .orElse(message);
    }

    private static Message timed(Message message, ChatTimer timer) {
        return MessageWriting.disappearing(message, timer.seconds(), Optional.of(timer.since()));
    }
}
