package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.HostRowContract;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.store.UnreadableStateException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the storage port on both databases, with changes of state as the host's rows. */
@ParameterizedClass
@EnumSource
class DatabaseSessionStoreIT implements HostRowContract<Row> {

    private static final Instant NOW = Instant.parse("2026-11-26T10:20:30Z");

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private TestDatabase test;

    DatabaseSessionStoreIT(TestDatabase.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        test = TestDatabase.of(kind, data);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Override
    public SessionStore<Row> store() {
        return new DatabaseSessionStore(test.database(), test.vault());
    }

    @Override
    public SessionStore<Row> reopened() {
        test.reopen();
        return store();
    }

    @Override
    public long instance(int number) {
        return 1_101_000_000L + number;
    }

    @Override
    public Row row(int number, String text) {
        return history().change(instance(number), "none", text, Optional.of("15550001001"), NOW, change -> List.of());
    }

    @Override
    public Row refusedRow(int number) {
        return new Row(handle -> handle.execute(
                "INSERT INTO state_history (instance, number, state, phone_sealed, at) VALUES (1, 1, NULL, NULL, 0)"));
    }

    @Override
    public List<String> rows(int number) {
        return history().newest(instance(number), StateHistoryTable.KEPT).reversed().stream()
                .map(StateHistoryTable.Entry::state)
                .toList();
    }

    @Override
    public Breakage breakCommits() {
        return test.connections().fail(test.trouble());
    }

    @Test
    void whatIsDamagedIsLostButForWhoWeAre() {
        long epoch = store().claim(instance(1));
        List<StateKind> secret =
                Arrays.stream(StateKind.values()).filter(StateKind::secret).toList();
        for (StateKind kind : secret) {
            List<Change> changes = List.of(
                    new Change.Put(kind, "damaged", new byte[] {1}), new Change.Put(kind, "sound", new byte[] {2}));
            store().commit(instance(1), epoch, changes, List.of())
                    .toCompletableFuture()
                    .join();
        }
        test.database()
                .writeNow(handle -> handle.execute(
                        "UPDATE session_state SET value = ? WHERE name = 'damaged'", new byte[] {1, 2, 3}));

        for (StateKind kind : secret) {
            if (kind == StateKind.CREDENTIALS) {
                assertThatThrownBy(() -> store().find(instance(1), kind, "damaged"))
                        .isInstanceOf(UnreadableStateException.class);
                assertThatThrownBy(() -> store().load(instance(1), kind)).isInstanceOf(UnreadableStateException.class);
            } else {
                assertThat(store().find(instance(1), kind, "damaged"))
                        .as("%s", kind)
                        .isEmpty();
                assertThat(store().load(instance(1), kind)).as("%s", kind).containsOnlyKeys("sound");
            }
        }
    }

    private StateHistoryTable history() {
        return new StateHistoryTable(test.database(), test.vault());
    }
}
