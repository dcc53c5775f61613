package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Group;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.MessageTable;
import io.greenfinch.gateway.store.MessageTable.ActiveChat;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The chats of an account: those in which something was written, the latest first, then its other groups. */
record ChatList(MessageTable messages) {

    /** More are told by no call. */
    static final int MOST = 10_000;

    static final Field<Optional<Long>> COUNT = Field.optional("count", FieldType.integer(1, MOST));

    /**
     * A chat.
     *
     * @param id as the API writes it
     * @param name of the group, or the name that the person goes by; empty where it is not known
     * @param group its metadata, for a group that the account is in
     */
    record Chat(String id, String name, Optional<Group> group) {
        boolean isGroup() {
            return id.endsWith("@g.us");
        }
    }

    /** So many of them; blocks. */
    List<Chat> of(Instance instance, Optional<Long> count) {
        int most = count.map(Long::intValue).orElse(MOST);
        Optional<Session> session = instance.session();
        List<Chat> chats = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ActiveChat active : messages.chats(instance.id(), most)) {
            seen.add(active.chat());
            chats.add(
                    active.chat().endsWith("@g.us")
                            ? group(ChatNames.jid(active.chat()), session)
                            : new Chat(active.chat(), name(instance.id(), active.chat()), Optional.empty()));
        }
        for (Jid group : session.map(open -> open.groups().known()).orElse(Set.of())) {
            if (chats.size() < most && seen.add(group.toString())) {
                chats.add(group(group, session));
            }
        }
        return chats;
    }

    private static Chat group(Jid id, Optional<Session> session) {
        Optional<Group> known = session.flatMap(open -> open.groups().cached(id));
        return new Chat(id.toString(), known.map(Group::subject).orElse(""), known);
    }

    private String name(long instance, String chat) {
        return messages.received(instance, chat, 1).stream()
                .flatMap(entry -> JournalBody.of(entry).stream())
                .map(JournalBody::senderName)
                .findFirst()
                .orElse("");
    }
}
