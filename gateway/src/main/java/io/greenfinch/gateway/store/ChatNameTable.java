package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of what chats are called, as the phone told it: so many of an instance at most. Thread-safe; what blocks says so and
 * throws {@link StoreException} when the database refuses.
 */
public record ChatNameTable(Database database, Vault vault) {

    private static final long MOST = 100_000;

    /**
     * What a chat is called.
     *
     * @param chat as the API writes it
     * @param chosen whether the person has chosen it, which counts more than what the phone calls the chat
     */
    public record Name(String chat, String name, boolean chosen) {
        @Override
        public String toString() {
            return "Name[hidden]";
        }
    }

    private record Closed(Name name, byte[] bytes) {}

    /** Keeps names; those that are known give way to what counts as much or more. */
    public Row add(long instance, List<Name> names) {
        List<Closed> closed = names.stream()
                .map(name -> new Closed(
                        name, vault.seal(name.name.getBytes(StandardCharsets.UTF_8), purpose(instance, name.chat))))
                .toList();
        return new Row(handle -> {
            long room = MOST - handle.number("SELECT COUNT(*) FROM chat_name WHERE instance = ?", instance);
            closed.stream().limit(Math.max(0, room)).forEach(each -> put(handle, instance, each));
            return closed.size();
        });
    }

    private static void put(Handle handle, long instance, Closed each) {
        handle.execute(
                "INSERT INTO chat_name (instance, chat, chosen, name_sealed) VALUES (?, ?, ?, ?) "
                        + "ON CONFLICT (instance, chat) DO UPDATE SET chosen = excluded.chosen, "
                        + "name_sealed = excluded.name_sealed WHERE chat_name.chosen <= excluded.chosen",
                instance,
                each.name.chat,
                each.name.chosen ? 1 : 0,
                each.bytes);
    }

    /** The names of some chats, where they are known; blocks. */
    public Map<String, String> of(long instance, Collection<String> chats) {
        Map<String, String> names = new HashMap<>();
        database.read(handle -> {
            for (String chat : chats) {
                handle.first(
                                "SELECT name_sealed FROM chat_name WHERE instance = ? AND chat = ?",
                                RowReader.BYTES,
                                instance,
                                chat)
                        .flatMap(bytes -> readable(instance, chat, bytes))
                        .ifPresent(name -> names.put(chat, name));
            }
            return names;
        });
        return names;
    }

    private Optional<String> readable(long instance, String chat, byte[] closed) {
        return vault.readable(closed, purpose(instance, chat)).map(plain -> new String(plain, StandardCharsets.UTF_8));
    }

    /** All names of an instance are forgotten. */
    public Row ending(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM chat_name WHERE instance = ?", instance));
    }

    private static String purpose(long instance, String chat) {
        return "chat name " + instance + " " + chat;
    }
}
