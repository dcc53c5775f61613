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
import io.greenfinch.gateway.store.ChatMarkTable;
import io.greenfinch.gateway.store.ChatMarkTable.Marks;
import io.greenfinch.gateway.store.ChatNameTable;
import io.greenfinch.gateway.store.ChatTimerTable;
import io.greenfinch.gateway.store.ChatTimerTable.ChatTimer;
import io.greenfinch.gateway.store.ContactTable;
import io.greenfinch.gateway.store.ContactTable.Contact;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.protocol.binary.Jid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The chats of an account: those in which something was written, the latest first, then its other groups. Thread-safe.
 *
 * @param told what the phone calls chats
 * @param contacts what people are called in the account's address book
 * @param marks which chats are archived
 * @param timers where messages disappear
 */
public record ChatList(
        ActiveChats active, ChatNameTable told, ContactTable contacts, ChatMarkTable marks, ChatTimerTable timers) {

    /** More are told by no call. */
    static final int MOST = 10_000;

    /** So many are looked up together. */
    private static final int TOGETHER = 500;

    static final Field<Optional<Long>> COUNT = Field.fillable("count", FieldType.integer(1, Integer.MAX_VALUE));

    /** How many are told of so many wanted. */
    static int most(Optional<Long> count) {
        return (int) Math.min(count.orElse((long) MOST), MOST);
    }

    /**
     * A chat.
     *
     * @param id as the API writes it
     * @param name of the group, or the name that the person goes by, else what the phone calls the chat; empty where nothing is known
     * @param contactName what the person is called in the address book; empty for who is not in it
     * @param timer when messages of a person's chat disappear, where that was ever said
     * @param group its metadata, for a group that the account is in
     */
    record Chat(
            String id,
            String name,
            String contactName,
            boolean archived,
            Optional<ChatTimer> timer,
            Optional<Group> group) {
        boolean isGroup() {
            return id.endsWith("@g.us");
        }

        /** After so many seconds messages disappear; 0 for never. */
        int ephemeralSeconds() {
            return group.map(Group::settings)
                    .map(Group.Settings::ephemeralSeconds)
                    .or(() -> timer.map(ChatTimer::seconds))
                    .orElse(0);
        }
    }

    /** One of them, whether anything was written in it or not; blocks. */
    Chat of(Instance instance, String id) {
        Optional<Session> session = instance.session();
        Map<String, Marks> marked = Map.of(id, marks.of(instance.id(), id));
        if (id.endsWith("@g.us")) {
            return group(ChatNames.jid(id), session, marked);
        }
        return new Chat(
                id,
                called(instance.id(), List.of(id), Map.of()).getOrDefault(id, ""),
                contacts.find(instance.id(), id).map(Contact::fullName).orElse(""),
                archived(id, marked),
                timers.of(instance.id(), id),
                Optional.empty());
    }

    /** So many of them; blocks. */
    List<Chat> of(Instance instance, Optional<Long> count) {
        int most = most(count);
        Optional<Session> session = instance.session();
        Map<String, Marks> marked = marks.all(instance.id());
        Map<String, String> known = names(instance.id());
        Map<String, ChatTimer> timed = timers.all(instance.id());
        List<Chat> chats = new ArrayList<>();
        List<String> written =
                active.of(instance.id(), most).stream().map(ActiveChat::chat).toList();
        for (int from = 0; from < written.size(); from += TOGETHER) {
            List<String> some = written.subList(from, Math.min(written.size(), from + TOGETHER));
            Map<String, Chat> groups = groups(some, session, marked);
            Map<String, String> called = called(instance.id(), some, groups);
            for (String id : some) {
                Chat group = groups.get(id);
                chats.add(
                        group != null
                                ? group
                                : new Chat(
                                        id,
                                        called.getOrDefault(id, ""),
                                        known.getOrDefault(id, ""),
                                        archived(id, marked),
                                        Optional.ofNullable(timed.get(id)),
                                        Optional.empty()));
            }
        }
        Set<String> seen = new HashSet<>(written);
        for (Jid group : session.map(open -> open.groups().known()).orElse(Set.of())) {
            if (chats.size() < most && seen.add(group.toString())) {
                chats.add(group(group, session, marked));
            }
        }
        return chats;
    }

    /** What people are called in the address book, by each of their names. */
    private Map<String, String> names(long instance) {
        Map<String, String> names = new HashMap<>();
        contacts.all(instance, MOST).forEach(contact -> {
            names.put(contact.person(), contact.fullName());
            contact.otherName().ifPresent(other -> names.put(other, contact.fullName()));
        });
        return names;
    }

    private static boolean archived(String chat, Map<String, Marks> marked) {
        return marked.getOrDefault(chat, Marks.NONE).archived();
    }

    private static Map<String, Chat> groups(List<String> chats, Optional<Session> session, Map<String, Marks> marked) {
        Map<String, Chat> groups = new HashMap<>();
        chats.stream()
                .filter(chat -> chat.endsWith("@g.us"))
                .map(chat -> group(ChatNames.jid(chat), session, marked))
                .filter(group -> group.group().isPresent())
                .forEach(group -> groups.put(group.id(), group));
        return groups;
    }

    /** The names of those that are no groups we are in: what people call themselves today, else what the phone told. */
    private Map<String, String> called(long instance, List<String> chats, Map<String, Chat> groups) {
        Map<String, String> called = new HashMap<>();
        List<String> people =
                chats.stream().filter(chat -> !chat.endsWith("@g.us")).toList();
        for (Entry newest : active.received(instance, people).values()) {
            JournalBody.of(newest)
                    .map(JournalBody::senderName)
                    .filter(name -> !name.isEmpty())
                    .ifPresent(name -> called.put(newest.chat(), name));
        }
        List<String> nameless = chats.stream()
                .filter(chat -> !called.containsKey(chat) && !groups.containsKey(chat))
                .toList();
        called.putAll(told.of(instance, nameless));
        return called;
    }

    private static Chat group(Jid id, Optional<Session> session, Map<String, Marks> marked) {
        Optional<Group> known = session.flatMap(open -> open.groups().cached(id));
        String chat = id.toString();
        return new Chat(
                chat, known.map(Group::subject).orElse(""), "", archived(chat, marked), Optional.empty(), known);
    }
}
