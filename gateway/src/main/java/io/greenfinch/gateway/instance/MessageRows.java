package io.greenfinch.gateway.instance;

import com.google.protobuf.ByteString;
import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent.MessageAccepted;
import io.greenfinch.client.SessionEvent.MessageReceived;
import io.greenfinch.client.SessionEvent.MessageRefused;
import io.greenfinch.client.SessionEvent.NumberSpelled;
import io.greenfinch.client.SessionEvent.ReceiptReceived;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.chat.MessageContent;
import io.greenfinch.gateway.chat.MessageReading;
import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.notification.MessageNotified;
import io.greenfinch.gateway.notification.MessageNotified.Kind;
import io.greenfinch.gateway.notification.Notification;
import io.greenfinch.gateway.notification.OutgoingMessageStatus;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.StatusReceiptTable;
import io.greenfinch.protocol.binary.Jid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What events of messages leave in journals, in the queue of what is to be sent, and in the outbox. Thread-safe.
 */
public record MessageRows(
        MessageTable messages,
        StatusReceiptTable receipts,
        SendQueueTable queue,
        FileLinks links,
        ContactTable contacts) {

    /** For one event of one instance. */
    record Context(long instance, Optional<Account> account, String wid, Function<Notification, Row> telling) {
        @Override
        public String toString() {
            return "Context[" + instance + "]";
        }
    }

    private MessageRevisions revisions() {
        return new MessageRevisions(messages);
    }

    /** Why what waited is not sent. */
    private static final String LINK_ENDED = "not known to be sent when the account was unlinked";

    /** A message came in, or another device of the account has sent one. */
    List<Row> received(Context context, MessageReceived event) {
        ChatMessage message = event.message();
        String sender = sender(context, message);
        Function<MessageContent, List<Row>> leaving = content -> List.of(entered(context, message, sender, content));
        return revisions()
                .received(context, message, sender, leaving)
                .map(List::of)
                .orElseGet(() -> leaving.apply(MessageReading.of(message.content(), sender)));
    }

    static String sender(Context context, ChatMessage message) {
        return message.fromSelf() ? context.wid : ChatNames.of(message.sender());
    }

    /** What is entered of a message, with its link where it has a file. */
    record Entered(Entry entry, FileLinks.Linked linked, String name) {
        @Override
        public String toString() {
            return "Entered[" + entry.id() + "]";
        }
    }

    Entered enter(
            Context context, ChatMessage message, String sender, MessageContent content, Optional<String> status) {
        Optional<ByteString> original = message.content()
                .filter(envelope -> message.chat().isStatus() || !MessageReading.tellsAll(envelope))
                .map(envelope -> ByteString.copyFrom(envelope.bytes()));
        String name = message.fromSelf() ? "" : message.pushName().orElse("");
        String chat = ChatNames.of(message.chat());
        FileLinks.Linked linked = links.link(context.instance, chat, message.id(), message.content(), content);
        Entry entry = new Entry(
                message.id(),
                chat,
                sender,
                message.fromSelf(),
                content.typeMessage(),
                new JournalBody(linked.content(), name, false, original).bytes(),
                status,
                message.at());
        return new Entered(entry, linked, name);
    }

    private Row entered(Context context, ChatMessage message, String sender, MessageContent content) {
        boolean outgoing = message.fromSelf();
        Entered entered = enter(
                context,
                message,
                sender,
                content,
                outgoing ? Optional.of(MessageStatus.SENT.wire()) : Optional.empty());
        Optional<String> otherChat =
                outgoing || message.chat().isGroup() ? Optional.empty() : otherName(message.chat(), message.sender());
        List<Row> rows = new ArrayList<>(entered.linked.rows());
        // What could not be read was told as that; now that it can, it is told as what it is.
        boolean read = !MessageReading.isUnreadable(content);
        Predicate<Entry> outdated = before -> read && isUnreadable(before);
        if (message.chat().isStatus()) { // asked for, and told to nobody unasked
            return messages.add(context.instance, entered.entry, Optional.empty(), outdated, rows);
        }
        MessageNotified told = new MessageNotified(
                outgoing ? Kind.OUTGOING : Kind.INCOMING,
                message.id(),
                entered.entry.chat(),
                message.chat().isGroup() ? message.chatName().orElse("") : entered.name,
                sender,
                message.pushName().orElse(""),
                "",
                message.at(),
                entered.linked.content().addressed(links::address));
        Row nameless = context.telling.apply(told);
        rows.add(contacts.named(
                context.instance,
                outgoing ? List.of(told.chatId()) : names(message.sender()),
                name -> name.isEmpty() ? nameless : context.telling.apply(outgoing ? told.in(name) : told.by(name))));
        return messages.add(context.instance, entered.entry, otherChat, outdated, rows);
    }

    private static boolean isUnreadable(Entry entry) {
        return JournalBody.of(entry)
                .filter(body -> MessageReading.isUnreadable(body.content())
                        && body.marks().deletedBy().isEmpty())
                .isPresent();
    }

    /** By which somebody may stand in an address book. */
    private static List<String> names(Person person) {
        return Stream.of(person.pn(), person.lid())
                .flatMap(Optional::stream)
                .map(ChatNames::of)
                .toList();
    }

    /** What the chat with somebody may be called as well. */
    private static Optional<String> otherName(Jid chat, Person person) {
        return (chat.isLid() ? person.pn() : person.lid()).map(ChatNames::of);
    }

    /** WhatsApp has a message of a caller's. */
    List<Row> accepted(Context context, MessageAccepted event) {
        return List.of(
                queue.removal(context.instance, event.id()),
                messages.advance(
                        context.instance,
                        event.id(),
                        MessageStatus.SENT.before(),
                        MessageStatus.SENT.wire(),
                        entry -> sent(context, entry, event.at(), event.chatName())));
    }

    /** Whoever's number was given in another way than WhatsApp has it has one chat all the same, under WhatsApp's name. */
    List<Row> spelled(long instance, NumberSpelled event) {
        String given = ChatNames.of(event.given());
        String number = ChatNames.of(event.number());
        return List.of(messages.renamed(instance, given, number), queue.renamed(instance, given, number));
    }

    /** It will never have it. */
    List<Row> refused(Context context, MessageRefused event) {
        MessageStatus status = status(event.reason());
        Optional<String> why = status == MessageStatus.FAILED
                ? Optional.of(event.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + (event.code() == 0 ? "" : " " + event.code()))
                : Optional.empty();
        return List.of(
                queue.removal(context.instance, event.id()), advance(context, event.id(), status, why, event.at()));
    }

    private static MessageStatus status(Refusal reason) {
        return switch (reason) {
            case NOT_ON_WHATSAPP -> MessageStatus.NO_ACCOUNT;
            case NOT_A_MEMBER, GROUP_NOT_FOUND -> MessageStatus.NOT_IN_GROUP;
            default -> MessageStatus.FAILED;
        };
    }

    /**
     * Messages have come to somebody; so WhatsApp has had them, also where it can tell us only afterwards, because the connection was
     * lost before its answer came. What our own devices have read is no news of what we sent.
     */
    List<Row> receipt(Context context, ReceiptReceived event) {
        Optional<MessageStatus> status = switch (event.kind()) {
            case DELIVERED -> Optional.of(MessageStatus.DELIVERED);
            case READ, PLAYED -> Optional.of(MessageStatus.READ);
            case READ_BY_SELF -> Optional.empty();
        };
        return status.stream()
                .flatMap(reached -> event.ids().stream()
                        .flatMap(id -> Stream.concat(
                                Stream.of(arrived(context, id, reached, event)),
                                seen(context, id, reached, event).stream())))
                .toList();
    }

    /** Of a status update it is kept who has seen it. */
    private Optional<Row> seen(Context context, String id, MessageStatus reached, ReceiptReceived event) {
        return event.by()
                .filter(person -> event.chat().isStatus())
                .map(person -> receipts.add(
                        context.instance,
                        id,
                        new StatusReceiptTable.Receipt(ChatNames.of(person), reached.wire(), event.at()),
                        MessageStatus.DELIVERED.wire()));
    }

    private Row arrived(Context context, String id, MessageStatus reached, ReceiptReceived event) {
        return messages.advance(context.instance, id, reached.before(), reached.wire(), entry -> {
            List<Row> rows = new ArrayList<>();
            if (entry.status().filter(MessageStatus.PENDING.wire()::equals).isPresent()) {
                rows.addAll(sent(context, entry, event.at(), event.chatName()));
            }
            rows.add(told(context, entry, reached, Optional.empty(), event.at()));
            return rows;
        });
    }

    /** A message has waited for so long that it is given up. */
    Row late(Context context, String id, String why, Instant at) {
        return advance(context, id, MessageStatus.FAILED, Optional.of(why), at);
    }

    private Row advance(Context context, String id, MessageStatus status, Optional<String> why, Instant at) {
        return messages.advance(
                context.instance,
                id,
                status.before(),
                status.wire(),
                entry -> List.of(told(context, entry, status, why, at)));
    }

    /**
     * The account is another one, or none: what was written for the one before never leaves from it. What waited is told as failed, and
     * then nothing more.
     */
    List<Row> linkEnded(Context context, Instant at) {
        long instance = context.instance;
        return List.of(
                queue.ending(instance, id -> advance(context, id, MessageStatus.FAILED, Optional.of(LINK_ENDED), at)),
                messages.ending(instance),
                receipts.ending(instance),
                links.table().ending(instance));
    }

    private static Row told(Context context, Entry entry, MessageStatus status, Optional<String> why, Instant at) {
        boolean byApi = JournalBody.of(entry).map(JournalBody::sendByApi).orElse(false);
        return context.telling.apply(new OutgoingMessageStatus(entry.id(), entry.chat(), status, byApi, why, at));
    }

    private List<Row> sent(Context context, Entry entry, Instant at, Optional<String> chatName) {
        List<Row> rows = new ArrayList<>();
        revisions().sent(context.instance, entry).ifPresent(rows::add);
        rows.add(messages.dated(context.instance, entry, at));
        rows.add(told(context, entry, MessageStatus.SENT, Optional.empty(), at));
        JournalBody.of(entry)
                .filter(body -> body.sendByApi() && !entry.chat().equals(MessageTable.STATUSES))
                .map(body -> new MessageNotified(
                        Kind.OUTGOING_BY_API,
                        entry.id(),
                        entry.chat(),
                        chatName.orElse(""),
                        context.wid,
                        "",
                        "",
                        at,
                        body.content().addressed(links::address)))
                .ifPresent(told -> rows.add(contacts.named(
                        context.instance,
                        List.of(entry.chat()),
                        name -> context.telling.apply(name.isEmpty() ? told : told.in(name)))));
        return rows;
    }
}
