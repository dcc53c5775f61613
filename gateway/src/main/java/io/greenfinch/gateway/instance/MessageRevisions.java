package io.greenfinch.gateway.instance;

import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.JournalMarks;
import io.greenfinch.gateway.chat.JournalMarks.Vote;
import io.greenfinch.gateway.chat.MessageContent;
import io.greenfinch.gateway.chat.MessageReading;
import io.greenfinch.gateway.chat.Poll;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.MessageTable.Revision;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.message.MessageEnvelope;
import io.greenfinch.protocol.message.MessageKind;
import io.greenfinch.protocol.proto.MessageKey;
import io.greenfinch.protocol.proto.PollUpdateMessage;
import io.greenfinch.protocol.proto.ProtocolMessage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What messages have to do with earlier ones of their chat: another text, taken back, a vote, an answer (specification §14.8, §14.9).
 * Who may not do it does nothing. Thread-safe.
 */
record MessageRevisions(MessageTable messages) {

    /**
     * A message that came in, with what it leaves itself.
     *
     * @param sender who wrote it, as the API writes it
     * @param leaving asked in the transaction, with what is told of it; not asked of what may not be done
     * @return empty when it is about no other
     */
    Optional<Row> received(
            MessageRows.Context context,
            ChatMessage message,
            String sender,
            Function<MessageContent, List<Row>> leaving) {
        String chat = ChatNames.of(message.chat());
        return message.content().flatMap(envelope -> switch (envelope.kind()) {
            case EDIT, DELETION ->
                Optional.of(change(
                        context.instance(),
                        chat,
                        message.id(),
                        envelope,
                        entry -> mayChange(message, envelope, entry),
                        () -> leaving.apply(MessageReading.of(message.content(), sender))));
            case POLL_VOTE -> Optional.of(vote(context, message, sender, leaving));
            default -> answer(context, message, sender, leaving);
        });
    }

    /** Of what it answers, or reacts to, more may be known than it says itself. */
    private Optional<Row> answer(
            MessageRows.Context context,
            ChatMessage message,
            String sender,
            Function<MessageContent, List<Row>> leaving) {
        MessageContent content = MessageReading.of(message.content(), sender);
        return content.quote()
                .map(quote ->
                        messages.revise(context.instance(), ChatNames.of(message.chat()), quote.stanzaId(), found -> {
                            MessageContent told = found.map(entry -> content.answering(
                                            quote.known(entry, entry.outgoing() ? context.wid() : entry.sender())))
                                    .orElse(content);
                            return new Revision(Optional.empty(), leaving.apply(told));
                        }));
    }

    /** People change what they have written; admins also take back what others wrote. */
    private static boolean mayChange(ChatMessage message, MessageEnvelope envelope, Entry entry) {
        boolean own = message.fromSelf()
                ? entry.outgoing()
                : !entry.outgoing() && names(message).contains(entry.sender());
        return own || (envelope.kind() == MessageKind.DELETION && message.byAdmin());
    }

    /** All names that the sender goes by, as the API writes them. */
    private static Set<String> names(ChatMessage message) {
        return Stream.of(
                        message.sender().pn(),
                        message.sender().lid(),
                        message.sender().other())
                .flatMap(Optional::stream)
                .map(ChatNames::of)
                .collect(Collectors.toSet());
    }

    /** What a message of a caller's does that WhatsApp has accepted. */
    Optional<Row> sent(long instance, Entry entry) {
        return JournalBody.of(entry)
                .flatMap(JournalBody::original)
                .flatMap(bytes -> MessageEnvelope.ofPlain(bytes.toByteArray()))
                .filter(envelope -> envelope.kind() == MessageKind.EDIT || envelope.kind() == MessageKind.DELETION)
                .map(envelope -> change(instance, entry.chat(), entry.id(), envelope, Entry::outgoing, List::of));
    }

    private Row change(
            long instance,
            String chat,
            String by,
            MessageEnvelope envelope,
            Predicate<Entry> allowed,
            Supplier<List<Row>> leaving) {
        ProtocolMessage change = envelope.content().getProtocolMessage();
        return messages.revise(instance, chat, change.getKey().getId(), found -> {
            Optional<Entry> changed = found.filter(allowed);
            // Of what is not known, nobody can say whose it was.
            if (found.isPresent() && changed.isEmpty()) {
                return new Revision(Optional.empty(), List.of());
            }
            return new Revision(
                    changed.flatMap(JournalBody::of)
                            .map(body -> envelope.kind() == MessageKind.EDIT
                                    ? body.edited(change, by)
                                    : body.with(body.marks().deleted(by)))
                            .map(JournalBody::bytes),
                    leaving.get());
        });
    }

    private Row vote(
            MessageRows.Context context,
            ChatMessage message,
            String sender,
            Function<MessageContent, List<Row>> leaving) {
        PollUpdateMessage update = message.content().orElseThrow().content().getPollUpdateMessage();
        String poll = update.getPollCreationMessageKey().getId();
        Set<String> names = names(message);
        names.add(sender);
        return messages.revise(context.instance(), ChatNames.of(message.chat()), poll, found -> {
            Optional<JournalBody> body = found.flatMap(JournalBody::of);
            Optional<Poll> known = body.flatMap(Poll::of);
            Optional<Vote> vote = known.flatMap(
                    asked -> asked.vote(update, authors(context, message, found, update), voters(context, message)));
            if (vote.isEmpty()) {
                return new Revision(Optional.empty(), leaving.apply(Poll.unknown(poll)));
            }
            JournalMarks marks = body.orElseThrow().marks().voted(sender, names, vote.get());
            return new Revision(
                    Optional.of(body.orElseThrow().with(marks).bytes()),
                    leaving.apply(known.orElseThrow().standing(poll, marks.votes())));
        });
    }

    /** The names by which the poll's author may be called. */
    private static Set<Jid> authors(
            MessageRows.Context context, ChatMessage message, Optional<Entry> poll, PollUpdateMessage update) {
        if (poll.filter(Entry::outgoing).isPresent()) {
            return own(context).collect(Collectors.toSet());
        }
        MessageKey key = update.getPollCreationMessageKey();
        if (key.getFromMe()) {
            return voters(context, message); // in a poll of their own
        }
        return Stream.concat(
                        Stream.of(key.getParticipant(), key.getRemoteJid())
                                .flatMap(jid -> Jid.parse(jid).stream())
                                .filter(jid -> !jid.isGroup()),
                        poll.map(Entry::sender).filter(name -> !name.isEmpty()).map(ChatNames::jid).stream())
                .collect(Collectors.toSet());
    }

    private static Set<Jid> voters(MessageRows.Context context, ChatMessage message) {
        Stream<Jid> names = message.fromSelf()
                ? own(context)
                : Stream.of(message.sender().pn(), message.sender().lid()).flatMap(Optional::stream);
        return names.collect(Collectors.toSet());
    }

    private static Stream<Jid> own(MessageRows.Context context) {
        return context.account().stream()
                .flatMap(account -> Stream.concat(Stream.of(account.pn()), account.lid().stream()));
    }
}
