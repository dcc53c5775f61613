package io.greenfinch.gateway.store;

import io.greenfinch.client.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The table of who is in the address books of accounts. Names are closed under the master key. Thread-safe; what blocks says so and throws
 * {@link StoreException} when the database refuses.
 */
public record ContactTable(Database database, Vault vault) {

    /** What separates two names: a line break can't be typed into one. */
    private static final String BETWEEN = "\n";

    /**
     * Somebody in an address book.
     *
     * @param person as the API writes them
     * @param otherName the same by LID or number, where it is known
     */
    public record Contact(String person, Optional<String> otherName, String fullName, String firstName) {

        /** Who is known to whom stays out of logs. */
        @Override
        public String toString() {
            return "Contact[hidden]";
        }
    }

    /** Somebody is in it, by these names from now on. */
    public Row put(long instance, Contact contact) {
        String names = contact.fullName.replace(BETWEEN, " ") + BETWEEN + contact.firstName.replace(BETWEEN, " ");
        byte[] sealed = vault.seal(names.getBytes(StandardCharsets.UTF_8), purpose(instance, contact.person));
        return new Row(handle -> handle.execute(
                "INSERT INTO contact (instance, person, other_name, names_sealed) VALUES (?, ?, ?, ?) "
                        + "ON CONFLICT (instance, person) DO UPDATE SET other_name = excluded.other_name, "
                        + "names_sealed = excluded.names_sealed",
                instance,
                contact.person,
                contact.otherName.orElse(null),
                sealed));
    }

    /** Somebody is in it no more. */
    public Row remove(long instance, String person) {
        return new Row(
                handle -> handle.execute("DELETE FROM contact WHERE instance = ? AND person = ?", instance, person));
    }

    /** Nobody is in it. */
    public Row clear(long instance) {
        return new Row(handle -> handle.execute("DELETE FROM contact WHERE instance = ?", instance));
    }

    /** Somebody, by either name; blocks. */
    public Optional<Contact> find(long instance, String person) {
        return database.read(handle -> find(handle, instance, person));
    }

    /**
     * What people are called, empty for who is not in it: asks for each of them once, and blocks when it does. To be used by one
     * thread.
     */
    public UnaryOperator<String> names(long instance) {
        Map<String, String> known = new HashMap<>();
        return person -> known.computeIfAbsent(
                person, asked -> find(instance, asked).map(Contact::fullName).orElse(""));
    }

    /**
     * Does what is to be done with the name of somebody.
     *
     * @param names by which they may be in it, at most two
     * @param with asked for in the transaction, with an empty name for who is not in it
     */
    public Row named(long instance, List<String> names, Function<String, Row> with) {
        return new Row(handle -> with.apply(names.stream()
                        .flatMap(name -> find(handle, instance, name).stream())
                        .map(Contact::fullName)
                        .findFirst()
                        .orElse(""))
                .work()
                .on(handle));
    }

    private Optional<Contact> find(Handle handle, long instance, String person) {
        return handle.first(
                "SELECT person, other_name, names_sealed FROM contact WHERE instance = ? "
                        + "AND (person = ? OR other_name = ?)",
                row -> read(
                        instance, row.getString("person"), row.getString("other_name"), row.getBytes("names_sealed")),
                instance,
                person,
                person);
    }

    /** So many of an address book; blocks. */
    public List<Contact> all(long instance, int most) {
        return database.read(handle -> handle.list(
                "SELECT person, other_name, names_sealed FROM contact WHERE instance = ? ORDER BY person LIMIT ?",
                row -> read(
                        instance, row.getString("person"), row.getString("other_name"), row.getBytes("names_sealed")),
                instance,
                most));
    }

    /** Names that are damaged are as good as none. */
    private Contact read(long instance, String person, @Nullable String other, byte[] sealed) {
        String names = vault.readable(sealed, purpose(instance, person))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse(BETWEEN);
        int between = names.indexOf(BETWEEN);
        return new Contact(
                person, Optional.ofNullable(other), names.substring(0, between), names.substring(between + 1));
    }

    private static String purpose(long instance, String person) {
        return "contact " + instance + " " + person;
    }
}
