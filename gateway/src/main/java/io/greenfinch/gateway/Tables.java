package io.greenfinch.gateway;

import io.greenfinch.gateway.store.ActiveChats;
import io.greenfinch.gateway.store.CallTable;
import io.greenfinch.gateway.store.ChatMarkTable;
import io.greenfinch.gateway.store.ChatNameTable;
import io.greenfinch.gateway.store.ChatTimerTable;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.EventLogTable;
import io.greenfinch.gateway.store.FileTable;
import io.greenfinch.gateway.store.HistoryProgressTable;
import io.greenfinch.gateway.store.InstanceTable;
import io.greenfinch.gateway.store.KeptAnswerTable;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.OutboxTable;
import io.greenfinch.gateway.store.PastMessageTable;
import io.greenfinch.gateway.store.QuotaTable;
import io.greenfinch.gateway.store.SendQueueTable;
import io.greenfinch.gateway.store.StateHistoryTable;
import io.greenfinch.gateway.store.StatusReceiptTable;
import io.greenfinch.gateway.store.Vault;
import java.time.Clock;
import java.time.Duration;

/** All tables of a gateway but those of its sessions. */
record Tables(
        InstanceTable instances,
        StateHistoryTable history,
        KeptAnswerTable answers,
        QuotaTable quotas,
        OutboxTable outbox,
        EventLogTable events,
        MessageTable messages,
        SendQueueTable queue,
        FileTable files,
        StatusReceiptTable receipts,
        ContactTable contacts,
        ChatMarkTable marks,
        ChatTimerTable timers,
        CallTable calls,
        ChatNameTable names,
        HistoryProgressTable progress) {

    /**
     * Those of a database, with the bounds that are the rule.
     *
     * @param wall the time of day
     * @param kept for how long messages and calls are kept
     */
    static Tables over(Database database, Vault vault, Clock wall, Duration kept) {
        return new Tables(
                new InstanceTable(database, vault),
                new StateHistoryTable(database, vault),
                new KeptAnswerTable(database, vault, wall),
                new QuotaTable(database),
                new OutboxTable(database, vault, wall, OutboxTable.Bounds.STANDARD),
                new EventLogTable(database, vault, wall, EventLogTable.STANDARD_WEIGHT),
                new MessageTable(database, vault, wall, kept, MessageTable.STANDARD_MOST),
                new SendQueueTable(database, vault, wall, SendQueueTable.STANDARD_MOST),
                new FileTable(database, vault, wall, FileTable.STANDARD_LIFE),
                new StatusReceiptTable(database, wall, kept),
                new ContactTable(database, vault),
                new ChatMarkTable(database),
                new ChatTimerTable(database),
                new CallTable(database, wall, kept, CallTable.STANDARD_MOST),
                new ChatNameTable(database, vault),
                new HistoryProgressTable(database));
    }

    /** The chats of which messages tell. */
    ActiveChats chats() {
        return new ActiveChats(messages);
    }

    /** Messages of before an account was linked. */
    PastMessageTable past() {
        return new PastMessageTable(messages);
    }
}
