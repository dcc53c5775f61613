package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite finds what is asked for with each message by its key, and calls by their time, however many there are. */
class QueryPlansIT {

    @TempDir
    private Path data;

    @Test
    void messagesAreFoundByTheirIdsAndChats() {
        try (OpenData open = OpenData.at(data)) {
            assertThat(plan(open, MessageQueries.SENT_AS, 1, "id"))
                    .singleElement()
                    .asString()
                    .contains("(instance=? AND id=?)");
            assertThat(plan(open, MessageQueries.OF_CHAT_BY_ID, 1, "id", "chat", 5))
                    .first()
                    .asString()
                    .contains("(instance=? AND id=? AND chat=?)");
            assertThat(plan(open, MessageQueries.RECEIVED, 1, "chat", 5, 1, "chat", 100, 10))
                    .filteredOn(step -> !step.startsWith("SCALAR SUBQUERY"))
                    .satisfiesExactly(
                            step -> assertThat(step).contains("message_chat (instance=? AND chat=? AND at>?)"),
                            step -> assertThat(step).contains("COVERING INDEX message_chat (instance=? AND chat=?)"));
        }
    }

    @Test
    void theNewestThatCameInIsReadWithoutThoseBehindIt() {
        try (OpenData open = OpenData.at(data)) {
            assertThat(plan(open, ActiveChats.NEWEST, 1, "chat", 100, 5))
                    .satisfiesExactly(
                            step -> assertThat(step).isEqualTo("CO-ROUTINE newest"),
                            step -> assertThat(step).contains("message_chat (instance=? AND chat=?)"),
                            step -> assertThat(step).isEqualTo("SCAN newest"));
        }
    }

    @Test
    void callsAreFoundByTheirTime() {
        try (OpenData open = OpenData.at(data)) {
            assertThat(plan(open, CallTable.SINCE, 1, 0, 5, 5, 10))
                    .singleElement()
                    .asString()
                    .contains("phone_call_direction (instance=? AND outgoing=? AND at>?)");
        }
    }

    private static List<String> plan(OpenData open, String query, Object... values) {
        return open.database()
                .read(handle -> handle.list("EXPLAIN QUERY PLAN " + query, row -> row.getString("detail"), values));
    }
}
