package io.greenfinch.client.history;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.Account;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.message.Aliases;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.message.MessageContext;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.history.HistoryPart;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.proto.Conversation;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.protocol.proto.WebMessageInfo;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a history tells, as a host is told: chats and people under the names that are known. For one batch; blocks where it is made.
 *
 * @param self our own account
 * @param aliases the other names of those whom the batch is about
 */
record PastReading(Person self, Instant now, Map<StateKey, byte[]> aliases) {

    /** What could not be stored is left out; real ids and addresses have 16 to 40 characters. */
    private static final int LONGEST = 100;

    private static final int LONGEST_NAME = 256;

    /** What no chat shows, and what says of an earlier message what the phone tells in that one. */
    private static final Set<MessageKind> NOT_SHOWN = EnumSet.of(
            MessageKind.PROTOCOL,
            MessageKind.SENDER_KEY,
            MessageKind.NOTHING,
            MessageKind.PLACEHOLDER,
            MessageKind.EDIT,
            MessageKind.ENCRYPTED_EDIT,
            MessageKind.DELETION,
            MessageKind.POLL_VOTE);

    /**
     * Looks up who they are. Blocks on the store.
     *
     * @throws io.greenfinch.client.store.StoreException when it can't be read
     */
    static PastReading of(List<HistoryPart> parts, Account account, MessageContext context) {
        Set<StateKey> people = parts.stream()
                .flatMap(PastReading::addresses)
                .flatMap(text -> jid(text).stream())
                .filter(jid -> jid.isPn() || jid.isLid())
                .map(Aliases::key)
                .collect(Collectors.toSet());
        return new PastReading(
                new Person(Optional.of(account.pn().account()), account.lid().map(Jid::account)),
                context.shared().wall().instant(),
                context.state().read(people));
    }

    private static Stream<String> addresses(HistoryPart part) {
        return switch (part) {
            case HistoryPart.Told told -> Stream.of(told.chat(), author(told.message()));
            case HistoryPart.Chat(Conversation head) -> Stream.of(head.getId());
            case HistoryPart.Name name -> Stream.of(name.person());
            case HistoryPart.Alias _, HistoryPart.Unreadable _ -> Stream.empty();
        };
    }

    private static String author(WebMessageInfo message) {
        return message.hasParticipant()
                ? message.getParticipant()
                : message.getKey().getParticipant();
    }

    /** An address that can be stored. */
    static Optional<Jid> jid(String text) {
        return text.length() > LONGEST
                ? Optional.empty()
                : Jid.parse(text).filter(jid -> !jid.user().isEmpty());
    }

    private Optional<byte[]> alias(StateKey key) {
        return Optional.ofNullable(aliases.get(key));
    }

    /** A message that a chat shows; empty for what is none. */
    Optional<PastMessage> message(HistoryPart part) {
        return part instanceof HistoryPart.Told told ? message(told) : Optional.empty();
    }

    private Optional<PastMessage> message(HistoryPart.Told told) {
        WebMessageInfo info = told.message();
        String id = info.getKey().getId();
        long seconds = info.getMessageTimestamp();
        Optional<Jid> chat = chat(told.chat());
        Optional<MessageEnvelope> content = content(info).filter(read -> !NOT_SHOWN.contains(read.kind()));
        boolean own = info.getKey().getFromMe();
        Optional<Person> sender = own
                ? Optional.of(self)
                : chat.flatMap(place -> place.isGroup() ? jid(author(info)) : Optional.of(place))
                        .map(this::person);
        if (id.isEmpty()
                || id.length() > LONGEST
                || seconds <= 0
                || chat.isEmpty()
                || content.isEmpty()
                || sender.isEmpty()) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochSecond(Math.min(seconds, now.getEpochSecond()));
        Jid shown = shown(chat.get());
        return Optional.of(new PastMessage(
                new ChatMessage(
                        id,
                        shown,
                        Optional.empty(),
                        sender.get(),
                        own,
                        false,
                        at,
                        name(info.getPushName()).filter(name -> !own),
                        true,
                        content),
                otherName(chat.get(), shown),
                PastMessage.Fate.of(info.hasStatus() ? info.getStatus() : 2)));
    }

    /** What a chat is called; empty for what does not say it. */
    Optional<PastName> name(HistoryPart part) {
        return switch (part) {
            case HistoryPart.Name told ->
                jid(told.person())
                        .filter(jid -> jid.isPn() || jid.isLid())
                        .flatMap(jid -> name(told.name()).map(name -> new PastName(shown(jid), name, true)));
            case HistoryPart.Chat(Conversation head) ->
                chat(head.getId())
                        .flatMap(chat -> name(head.getName())
                                .or(() -> name(head.getDisplayName()))
                                .map(name -> new PastName(shown(chat), name, false)));
            case HistoryPart.Told _, HistoryPart.Alias _, HistoryPart.Unreadable _ -> Optional.empty();
        };
    }

    /** Where people write to each other, and not to many, or to nobody in particular. */
    private static Optional<Jid> chat(String text) {
        return jid(text).filter(chat -> chat.isGroup() || chat.isPn() || chat.isLid());
    }

    private Person person(Jid address) {
        return Aliases.person(address, this::alias);
    }

    /** The name of a person's chat: the number where it is known. */
    private Jid shown(Jid chat) {
        Jid account = chat.isGroup() ? chat : chat.account();
        return account.isLid() ? Aliases.other(account, this::alias).orElse(account) : account;
    }

    /** What the chat with a person may be called as well. */
    private Optional<Jid> otherName(Jid chat, Jid shown) {
        return shown.equals(chat.isGroup() ? chat : chat.account())
                ? Aliases.other(shown, this::alias)
                : Optional.of(chat.account());
    }

    private static Optional<String> name(String text) {
        return Optional.of(text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text)
                .filter(name -> !name.isBlank());
    }

    /** What was written. Phones keep a message's secret beside it. */
    private static Optional<MessageEnvelope> content(WebMessageInfo info) {
        Optional<MessageEnvelope> content =
                MessageEnvelope.ofPlain(info.getMessage().toByteArray());
        if (!info.hasMessageSecret()
                || content.isEmpty()
                || content.get().content().getMessageContextInfo().hasMessageSecret()) {
            return content;
        }
        try {
            Message message = Message.parseFrom(info.getMessage());
            return MessageEnvelope.ofPlain(message.toBuilder()
                    .setMessageContextInfo(
                            message.getMessageContextInfo().toBuilder().setMessageSecret(info.getMessageSecret()))
                    .build()
                    .toByteArray());
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }
}
