package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.group.ChatIds;
import io.greenfinch.gateway.http.ApiMethod;
import io.greenfinch.gateway.http.Call;
import io.greenfinch.gateway.http.Descriptor;
import io.greenfinch.gateway.http.Descriptor.Trait;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.Reply;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.appstate.AccountAction;
import io.greenfinch.protocol.appstate.LastMessage;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a chat into the archive on all devices of the account, or takes it out (green-api.md §11.8).
 *
 * @param archived which of both
 */
public record ArchiveChat(MessageTable messages, boolean archived) implements ApiMethod.OfAccount {

    private static final String NO_MESSAGE =
            "ArchiveChatError: cannot archive chat cause last message not found in chat";

    private static final Field<Jid> CHAT = Field.required("chatId", ChatIds.CHAT_ID);

    @Override
    public Descriptor descriptor() {
        return Descriptor.post(archived ? "archiveChat" : "unarchiveChat", 10)
                .taking(CHAT)
                .with(Trait.EMPTY)
                .withReasons(502, SharedActions.REASONS);
    }

    @Override
    public Reply handle(Call call, Instance instance, Session session) {
        Jid chat = call.get(CHAT);
        Optional<LastMessage> last = last(instance.id(), chat);
        if (archived && last.isEmpty()) {
            return Reply.error(400, NO_MESSAGE);
        }
        List<AccountAction> actions = new ArrayList<>(2);
        actions.add(new AccountAction.Archive(chat, archived, last));
        if (archived) {
            actions.add(new AccountAction.Pin(chat, false)); // a chat stands in one place
        }
        return SharedActions.answer(session.appState().write(actions, call.deadline()), () -> Reply.empty(200));
    }

    /** What came in last: devices compare it with what they have. */
    private Optional<LastMessage> last(long instance, Jid chat) {
        return messages.received(instance, ChatNames.of(chat), 1).stream()
                .map(entry -> new LastMessage(entry.id(), false, author(chat, entry), entry.at()))
                .findFirst();
    }

    private static Optional<Jid> author(Jid chat, Entry entry) {
        return chat.isGroup() && entry.sender().indexOf('@') > 0
                ? Optional.of(ChatNames.jid(entry.sender()))
                : Optional.empty();
    }
}
