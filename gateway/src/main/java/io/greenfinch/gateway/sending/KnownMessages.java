package io.greenfinch.gateway.sending;

import com.google.protobuf.ByteString;
import io.greenfinch.client.Account;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.MessageReading;
import io.greenfinch.gateway.chat.MessageWriting.Known;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.proto.Message;
import java.util.Optional;

/** Messages of the journal, to be answered or passed on. Thread-safe; blocks. */
record KnownMessages(MessageTable messages) {

    /** One of a chat; empty when it is not known, or can't be told as a message any more. */
    Optional<Known> find(Instance instance, Jid chat, String id) {
        return messages.find(instance.id(), ChatNames.of(chat), id)
                .flatMap(entry -> author(instance, entry)
                        .flatMap(author -> message(entry).map(message -> new Known(id, author, message))));
    }

    private static Optional<Jid> author(Instance instance, Entry entry) {
        if (entry.outgoing()) {
            return instance.session()
                    .flatMap(session -> session.account().status().account())
                    .map(Account::pn);
        }
        return Optional.of(entry.sender()).filter(sender -> !sender.isEmpty()).map(ChatNames::jid);
    }

    /** Neither what could not be read, nor what was taken back. */
    private static Optional<MessageEnvelope> message(Entry entry) {
        return JournalBody.of(entry)
                .filter(body -> body.marks().deletedBy().isEmpty())
                .flatMap(body -> body.original()
                        .map(ByteString::toByteArray)
                        .or(() -> MessageReading.text(body.content())
                                .map(text -> Message.newBuilder()
                                        .setConversation(text)
                                        .build()
                                        .toByteArray())))
                .flatMap(MessageEnvelope::ofPlain);
    }
}
