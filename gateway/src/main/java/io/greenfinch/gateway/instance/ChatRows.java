package io.greenfinch.gateway.instance;

import io.greenfinch.client.SessionEvent.AppStateChanged;
import io.greenfinch.client.SessionEvent.DisappearingTimerChanged;
import io.greenfinch.client.SessionEvent.NumberSpelled;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.store.ChatMarkTable;
import io.greenfinch.gateway.store.ChatTimerTable;
import io.greenfinch.gateway.store.ChatTimerTable.ChatTimer;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.Row;
import io.greenfinch.protocol.appstate.AccountAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of chats beside their messages: who is a contact, which are marked, where messages disappear. Thread-safe. */
public record ChatRows(ContactTable contacts, ChatMarkTable marks, ChatTimerTable timers) {

    /** In the order in which it was done. */
    List<Row> changed(long instance, AppStateChanged event) {
        List<Row> rows = new ArrayList<>(event.actions().size());
        if (event.anew()) {
            switch (event.collection()) {
                case CRITICAL_UNBLOCK_LOW -> rows.add(contacts.clear(instance));
                case REGULAR_LOW -> rows.add(marks.clearPlaces(instance));
                case REGULAR_HIGH -> rows.add(marks.clearMuted(instance));
                case CRITICAL_BLOCK, REGULAR -> {}
            }
        }
        event.actions().forEach(action -> row(instance, action).ifPresent(rows::add));
        return rows;
    }

    private Optional<Row> row(long instance, AccountAction action) {
        return switch (action) {
            case AccountAction.Contact contact ->
                Optional.of(contacts.put(
                        instance,
                        new ContactTable.Contact(
                                ChatNames.of(contact.person()),
                                contact.otherName().map(ChatNames::of),
                                contact.fullName(),
                                contact.firstName())));
            case AccountAction.ContactRemoval removal ->
                Optional.of(contacts.remove(instance, ChatNames.of(removal.person())));
            case AccountAction.Archive archive ->
                Optional.of(marks.archived(instance, ChatNames.of(archive.chat()), archive.archived()));
            case AccountAction.Pin pin -> Optional.of(marks.pinned(instance, ChatNames.of(pin.chat()), pin.pinned()));
            case AccountAction.Mute mute -> {
                String chat = ChatNames.of(mute.chat());
                yield Optional.of(
                        mute.muted() ? marks.muted(instance, chat, mute.until()) : marks.audible(instance, chat));
            }
            // The name is the session's own; that something was read or deleted elsewhere changes no journal.
            case AccountAction.PushName _, AccountAction.ReadMark _, AccountAction.OwnDeletion _ -> Optional.empty();
        };
    }

    /** Messages of a chat disappear after another time. */
    Row changed(long instance, DisappearingTimerChanged event) {
        return timers.set(instance, ChatNames.of(event.chat()), new ChatTimer(event.seconds(), event.at()));
    }

    /** A chat with a person bears another name from now on. */
    Row spelled(long instance, NumberSpelled event) {
        return timers.renamed(instance, ChatNames.of(event.given()), ChatNames.of(event.number()));
    }

    /** What was known of an account that is linked no more. */
    List<Row> linkEnded(long instance) {
        return List.of(contacts.clear(instance), marks.ending(instance), timers.ending(instance));
    }
}
