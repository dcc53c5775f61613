package io.greenfinch.gateway.instance;

import io.greenfinch.client.SessionEvent.HistoryRead;
import io.greenfinch.client.history.PastMessage;
import io.greenfinch.client.history.PastName;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.MessageReading;
import io.greenfinch.gateway.chat.MessageStatus;
import io.greenfinch.gateway.store.ChatNameTable;
import io.greenfinch.gateway.store.HistoryProgressTable;
import io.greenfinch.gateway.store.PastMessageTable;
import io.greenfinch.gateway.store.PastMessageTable.Told;
import io.greenfinch.gateway.store.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the phone's history leaves in journals, and what chats are called. Nobody is notified of it. Thread-safe. */
public record PastRows(
        PastMessageTable messages, ChatNameTable names, HistoryProgressTable progress, MessageRows entering) {

    List<Row> read(MessageRows.Context context, HistoryRead event) {
        List<Row> rows = new ArrayList<>();
        List<Told> told = event.messages().stream()
                .filter(past -> messages.keeps(past.message().at()))
                .map(past -> told(context, past))
                .toList();
        if (!told.isEmpty()) {
            rows.add(messages.add(context.instance(), told));
        }
        if (!event.names().isEmpty()) {
            rows.add(names.add(
                    context.instance(),
                    event.names().stream().map(PastRows::name).toList()));
        }
        return rows;
    }

    private Told told(MessageRows.Context context, PastMessage past) {
        String sender = MessageRows.sender(context, past.message());
        Optional<String> status =
                past.message().fromSelf() ? Optional.of(status(past.fate()).wire()) : Optional.empty();
        MessageRows.Entered entered = entering.enter(
                context,
                past.message(),
                sender,
                MessageReading.of(past.message().content(), sender),
                status);
        return new Told(
                entered.entry(),
                past.otherName().map(ChatNames::of),
                entered.linked().rows());
    }

    private static MessageStatus status(PastMessage.Fate fate) {
        return switch (fate) {
            case FAILED -> MessageStatus.FAILED;
            case PENDING -> MessageStatus.PENDING;
            case SENT -> MessageStatus.SENT;
            case DELIVERED -> MessageStatus.DELIVERED;
            case READ -> MessageStatus.READ;
        };
    }

    private static ChatNameTable.Name name(PastName past) {
        return new ChatNameTable.Name(ChatNames.of(past.chat()), past.name(), past.chosen());
    }

    /** The next account has another history. */
    List<Row> linkEnded(long instance) {
        return List.of(names.ending(instance), progress.ending(instance));
    }
}
