package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.instance.InstanceSettings;
import io.greenfinch.gateway.instance.Instances;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks messages as read without being asked, where the settings say so: when they come in, or when somebody is answered
 * (green-api.md §4.5). Thread-safe.
 *
 * @param clock that of deadlines
 */
public record ReadMarks(Instances instances, SettingsBook settings, MessageTable messages, Clock clock) {

    private static final Logger log = LoggerFactory.getLogger(ReadMarks.class);

    /** Where it is set, nothing is marked before (green-api.md §4.1). */
    private static final String ON_REPLY = "markIncomingMessagesReadedOnReply";

    /** So many of a chat's latest messages are marked when it is answered. */
    private static final int LATEST = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Something has happened to an instance. Never blocks. */
    public void happened(long instance, SessionEvent event) {
        Optional<InstanceSettings> own = settings.find(instance);
        if (event instanceof SessionEvent.MessageReceived(var at, ChatMessage message)
                && !message.fromSelf()
                && !message.chat().isStatus() // who has seen a status update is for people to decide
                && own.filter(known -> known.on("markIncomingMessagesReaded") && !known.on(ON_REPLY))
                        .isPresent()) {
            Optional<Jid> sender = message.sender().pn().or(message.sender()::lid);
            apart(instance, () -> mark(instance, message.chat(), Map.of(sender, List.of(message.id()))));
        } else if (event instanceof SessionEvent.MessageAccepted accepted
                && !accepted.chat().isStatus()
                && own.filter(known -> known.on(ON_REPLY)).isPresent()) {
            apart(instance, () -> mark(instance, accepted.chat(), latest(instance, accepted.chat())));
        }
    }

    private static void apart(long instance, Runnable work) {
        Thread.ofVirtual().name("read-marks-" + instance).start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.warn("Messages of instance {} could not be marked as read: {}", instance, e.getMessage());
            }
        });
    }

    private Map<Optional<Jid>, List<String>> latest(long instance, Jid chat) {
        return bySender(messages.received(instance, ChatNames.of(chat), LATEST));
    }

    /** The ids of messages by who wrote them; empty for nobody that could be named. */
    static Map<Optional<Jid>, List<String>> bySender(List<Entry> entries) {
        Map<Optional<Jid>, List<String>> bySender = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Optional<Jid> sender = Optional.of(entry.sender())
                    .filter(name -> name.contains("@"))
                    .map(ChatNames::jid);
            bySender.computeIfAbsent(sender, none -> new ArrayList<>()).add(entry.id());
        }
        return bySender;
    }

    private void mark(long instance, Jid chat, Map<Optional<Jid>, List<String>> read) {
        Optional<Session> session = instances.find(instance).flatMap(Instance::session);
        Instant deadline = clock.instant().plus(PATIENCE);
        session.ifPresent(open -> read.forEach((sender, ids) -> {
            if (open.messages().markRead(chat, sender, ids, deadline).done().isEmpty()) {
                log.info("Messages of instance {} were not marked as read: nothing was heard in time", instance);
            }
        }));
    }
}
