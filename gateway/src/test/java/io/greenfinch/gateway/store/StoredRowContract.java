package io.greenfinch.gateway.store;

import io.greenfinch.client.store.HostRowContract;
import io.greenfinch.client.store.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The contract of the storage port, with changes of state as the host's rows. */
interface StoredRowContract extends HostRowContract<Row> {

    Instant NOW = Instant.parse("2026-11-26T10:20:30Z");

    Database database();

    Vault vault();

    @Override
    default SessionStore<Row> store() {
        return new DatabaseSessionStore(database(), vault());
    }

    @Override
    default long instance(int number) {
        return 1_101_000_000L + number;
    }

    @Override
    default Row row(int number, String text) {
        return new StateHistoryTable(database(), vault())
                .change(instance(number), "none", text, Optional.of("15550001001"), NOW);
    }

    @Override
    default Row refusedRow(int number) {
        return new Row(handle -> handle.execute(
                "INSERT INTO state_history (instance, number, state, phone_sealed, at) VALUES (1, 1, NULL, NULL, 0)"));
    }

    @Override
    default List<String> rows(int number) {
        return new StateHistoryTable(database(), vault())
                .newest(instance(number), StateHistoryTable.KEPT).reversed().stream()
                        .map(StateHistoryTable.Entry::state)
                        .toList();
    }
}
