package io.greenfinch.gateway.contact;

import io.greenfinch.client.Session;
import io.greenfinch.client.group.Group;
import io.greenfinch.gateway.chat.ChatNames;
import io.greenfinch.gateway.chat.JournalBody;
import io.greenfinch.gateway.http.Field;
import io.greenfinch.gateway.http.FieldType;
import io.greenfinch.gateway.instance.Instance;
import io.greenfinch.gateway.store.ActiveChats;
import io.greenfinch.gateway.store.ActiveChats.ActiveChat;
import io.greenfinch.gateway.store.ChatNameTable;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The chats of an account: those in which something was written, the latest first, then its other groups. */
record ChatList(ActiveChats active, ChatNameTable told) {

    /** More are told by no call. */
    static final int MOST = 10_000;

    /** So many are looked up together. */
    private static final int TOGETHER = 500;

    static final Field<Optional<Long>> COUNT = Field.optional("count", FieldType.integer(1, MOST));

    /**
     * A chat.
     *
     * @param id as the API writes it
     * @param name of the group, or the name that the person goes by, else what the phone calls the chat; empty where nothing is known
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
        List<String> written =
                active.of(instance.id(), most).stream().map(ActiveChat::chat).toList();
        for (int from = 0; from < written.size(); from += TOGETHER) {
            List<String> some = written.subList(from, Math.min(written.size(), from + TOGETHER));
            Map<String, Chat> found = groups(some, session);
            name(instance.id(), some, found);
            some.forEach(chat -> chats.add(found.getOrDefault(chat, new Chat(chat, "", Optional.empty()))));
        }
        Set<String> seen = new HashSet<>(written);
        for (Jid group : session.map(open -> open.groups().known()).orElse(Set.of())) {
            if (chats.size() < most && seen.add(group.toString())) {
                chats.add(group(group, session));
            }
        }
        return chats;
    }

    private static Map<String, Chat> groups(List<String> chats, Optional<Session> session) {
        Map<String, Chat> groups = new HashMap<>();
        chats.stream()
                .filter(chat -> chat.endsWith("@g.us"))
                .map(chat -> group(ChatNames.jid(chat), session))
                .filter(group -> group.group().isPresent())
                .forEach(group -> groups.put(group.id(), group));
        return groups;
    }

    /** Finds the names of those that have none: what people call themselves today, else what the phone told. */
    private void name(long instance, List<String> chats, Map<String, Chat> found) {
        List<String> people =
                chats.stream().filter(chat -> !chat.endsWith("@g.us")).toList();
        for (Entry newest : active.received(instance, people).values()) {
            JournalBody.of(newest)
                    .map(JournalBody::senderName)
                    .filter(name -> !name.isEmpty())
                    .ifPresent(name -> found.put(newest.chat(), new Chat(newest.chat(), name, Optional.empty())));
        }
        List<String> nameless =
                chats.stream().filter(chat -> !found.containsKey(chat)).toList();
        told.of(instance, nameless).forEach((chat, name) -> found.put(chat, new Chat(chat, name, Optional.empty())));
    }

    private static Chat group(Jid id, Optional<Session> session) {
        Optional<Group> known = session.flatMap(open -> open.groups().cached(id));
        return new Chat(id.toString(), known.map(Group::subject).orElse(""), known);
    }
}
