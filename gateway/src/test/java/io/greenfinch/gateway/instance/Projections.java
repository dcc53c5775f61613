package io.greenfinch.gateway.instance;

import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.file.FileLinks;
import io.greenfinch.gateway.notification.EventLog;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.store.CallTable;
import io.greenfinch.gateway.store.ChatMarkTable;
import io.greenfinch.gateway.store.ChatNameTable;
import io.greenfinch.gateway.store.ChatTimerTable;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.EventLogTable;
import io.greenfinch.gateway.store.FileTable;
import io.greenfinch.gateway.store.HistoryProgressTable;
import io.greenfinch.gateway.store.KeptAnswerTable;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.OutboxTable;
import io.greenfinch.gateway.store.PastMessageTable;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.StateHistoryTable;
import io.greenfinch.gateway.store.StatusReceiptTable;
import io.greenfinch.gateway.store.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Projections as the gateway makes them. */
final class Projections {

    private Projections() {}

    /** One over the tables of a database, for instances with these settings. */
    static EventProjection over(Database database, Vault vault, Timers timers, SettingsBook settings) {
        Clock clock = Clock.systemUTC();
        Outbox outbox = new Outbox(
                new OutboxTable(database, vault, clock, OutboxTable.Bounds.STANDARD),
                new EventLog(new EventLogTable(database, vault, clock, EventLogTable.STANDARD_WEIGHT), timers, clock),
                timers,
                clock,
                new SimpleMeterRegistry());
        MessageTable messages =
                new MessageTable(database, vault, clock, Duration.ofDays(30), MessageTable.STANDARD_MOST);
        MessageRows rows = new MessageRows(
                messages,
                new StatusReceiptTable(database, clock, Duration.ofDays(30)),
                new SendQueueTable(database, vault, clock, SendQueueTable.STANDARD_MOST),
                new FileLinks(
                        new FileTable(database, vault, clock, FileTable.STANDARD_LIFE),
                        () -> URI.create("http://localhost"),
                        new SecureRandom()),
                new ContactTable(database, vault));
        return new EventProjection(
                new StateHistoryTable(database, vault),
                new KeptAnswerTable(database, vault, clock),
                outbox,
                settings,
                rows,
                new ChatRows(
                        new ContactTable(database, vault), new ChatMarkTable(database), new ChatTimerTable(database)),
                new CallRows(new CallTable(database, clock, Duration.ofDays(30), CallTable.STANDARD_MOST)),
                new PastRows(
                        new PastMessageTable(messages),
                        new ChatNameTable(database, vault),
                        new HistoryProgressTable(database),
                        rows));
    }
}
