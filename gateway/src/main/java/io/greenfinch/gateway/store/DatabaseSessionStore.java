package io.greenfinch.gateway.store;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StaleEpochException;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Sessions' state in the database; values of secret kinds are closed under the master key, bound to instance, kind and key.
 * Thread-safe.
 */
public record DatabaseSessionStore(Database database, Vault vault) implements SessionStore<Row> {

    @Override
    public long claim(long instance) {
        return database.writeNow(handle -> handle.number(
                "INSERT INTO session_owner (instance, epoch) VALUES (?, 1) "
                        + "ON CONFLICT (instance) DO UPDATE SET epoch = session_owner.epoch + 1 RETURNING epoch",
                instance));
    }

    @Override
    public Map<StateKey, byte[]> read(long instance, Collection<StateKey> keys) {
        Map<StateKey, byte[]> found = new HashMap<>();
        database.read(handle -> handle.inTransaction(snapshot -> {
            for (StateKey key : keys) {
                find(snapshot, instance, key).ifPresent(value -> found.put(key, value));
            }
            return found;
        }));
        Map<StateKey, byte[]> opened = new HashMap<>();
        found.forEach((key, value) -> read(instance, key, value).ifPresent(bytes -> opened.put(key, bytes)));
        return opened;
    }

    /**
     * What is damaged is as good as lost, and comes into being again: others are asked for a message once more, or told our keys. But who
     * we are is not guessed.
     */
    private Optional<byte[]> read(long instance, StateKey key, byte[] value) {
        if (key.kind() == StateKind.CREDENTIALS || !key.kind().secret()) {
            return Optional.of(open(instance, key.kind(), key.key(), value));
        }
        return vault.readable(value, purpose(instance, key.kind(), key.key()));
    }

    private static Optional<byte[]> find(Handle handle, long instance, StateKey key) {
        return handle.first(
                "SELECT value FROM session_state WHERE instance = ? AND kind = ? AND name = ?",
                RowReader.BYTES,
                instance,
                column(key.kind()),
                key.key());
    }

    @Override
    public Map<String, byte[]> load(long instance, StateKind kind) {
        List<Map.Entry<String, byte[]>> stored = database.read(handle -> handle.list(
                "SELECT name, value FROM session_state WHERE instance = ? AND kind = ?",
                row -> Map.entry(row.getString("name"), row.getBytes("value")),
                instance,
                column(kind)));
        Map<String, byte[]> opened = new HashMap<>();
        for (Map.Entry<String, byte[]> row : stored) {
            read(instance, new StateKey(kind, row.getKey()), row.getValue())
                    .ifPresent(bytes -> opened.put(row.getKey(), bytes));
        }
        return opened;
    }

    @Override
    public Set<String> keys(long instance, StateKind kind) {
        return Set.copyOf(database.read(handle -> handle.list(
                "SELECT name FROM session_state WHERE instance = ? AND kind = ?",
                RowReader.TEXT,
                instance,
                column(kind))));
    }

    @Override
    public Map<StateKind, Set<String>> keys(long instance, Set<StateKind> kinds) {
        record Name(String kind, String key) {}
        if (kinds.isEmpty()) {
            return Map.of();
        }
        List<Object> values = new ArrayList<>(List.of(instance));
        kinds.forEach(kind -> values.add(column(kind)));
        List<Name> names = database.read(handle -> handle.list(
                "SELECT kind, name FROM session_state WHERE instance = ? AND kind IN ("
                        + String.join(", ", Collections.nCopies(kinds.size(), "?")) + ")",
                row -> new Name(row.getString(1), row.getString(2)),
                values.toArray()));
        return kinds.stream()
                .filter(kind -> names.stream().anyMatch(name -> name.kind.equals(column(kind))))
                .collect(Collectors.toMap(
                        kind -> kind,
                        kind -> names.stream()
                                .filter(name -> name.kind.equals(column(kind)))
                                .map(Name::key)
                                .collect(Collectors.toUnmodifiableSet())));
    }

    @Override
    public CompletionStage<Void> commit(long instance, long epoch, List<Change> changes, List<? extends Row> rows) {
        List<Change> closed = new ArrayList<>(changes.size());
        try {
            for (Change change : lasting(changes)) {
                closed.add(change instanceof Change.Put put ? close(instance, put) : change);
            }
        } catch (StoreException e) {
            return CompletableFuture.failedStage(e);
        }
        return database.write(handle -> {
                    fence(handle, instance, epoch);
                    closed.forEach(change -> apply(handle, instance, change));
                    rows.forEach(row -> row.work().on(handle));
                    return true;
                })
                .thenApply(done -> null);
    }

    /** Those that no later one of the same commit undoes: a session that has read many messages is written once. */
    private static List<Change> lasting(List<Change> changes) {
        Set<StateKey> changed = new HashSet<>();
        Set<StateKind> cleared = EnumSet.noneOf(StateKind.class);
        List<Change> lasting = new ArrayList<>(changes.size());
        for (Change change : changes.reversed()) {
            boolean lasts = switch (change) {
                case Change.Put put ->
                    !cleared.contains(put.kind()) && changed.add(new StateKey(put.kind(), put.key()));
                case Change.Remove remove ->
                    !cleared.contains(remove.kind()) && changed.add(new StateKey(remove.kind(), remove.key()));
                case Change.Clear clear -> cleared.add(clear.kind());
            };
            if (lasts) {
                lasting.add(change);
            }
        }
        return lasting.reversed();
    }

    /** Nothing is written for somebody who no longer owns the instance (design 4.4). */
    private static void fence(Handle handle, long instance, long epoch) {
        int owned = handle.execute(
                "UPDATE session_owner SET epoch = epoch WHERE instance = ? AND epoch = ?", instance, epoch);
        if (owned != 1) {
            throw new StaleEpochException(instance, epoch);
        }
    }

    private static void apply(Handle handle, long instance, Change change) {
        switch (change) {
            case Change.Put put ->
                handle.execute(
                        "INSERT INTO session_state (instance, kind, name, value) VALUES (?, ?, ?, ?) "
                                + "ON CONFLICT (instance, kind, name) DO UPDATE SET value = excluded.value",
                        instance,
                        column(put.kind()),
                        put.key(),
                        put.value());
            case Change.Remove remove ->
                handle.execute(
                        "DELETE FROM session_state WHERE instance = ? AND kind = ? AND name = ?",
                        instance,
                        column(remove.kind()),
                        remove.key());
            case Change.Clear clear ->
                handle.execute(
                        "DELETE FROM session_state WHERE instance = ? AND kind = ?", instance, column(clear.kind()));
        }
    }

    private Change.Put close(long instance, Change.Put put) {
        if (put.key().length() > Change.MAX_KEY) {
            throw new StoreException("a key has more than " + Change.MAX_KEY + " characters");
        }
        return put.kind().secret()
                ? new Change.Put(
                        put.kind(), put.key(), vault.seal(put.value(), purpose(instance, put.kind(), put.key())))
                : put;
    }

    private byte[] open(long instance, StateKind kind, String key, byte[] value) {
        return kind.secret() ? vault.open(value, purpose(instance, kind, key)) : value;
    }

    static String purpose(long instance, StateKind kind, String key) {
        return "session " + instance + " " + column(kind) + " " + key;
    }

    static String column(StateKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
