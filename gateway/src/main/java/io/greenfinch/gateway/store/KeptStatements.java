package io.greenfinch.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Statements that are prepared once for a connection and used again: SQLite's driver would parse and plan them each time. One that is
 * in use is not given out a second time. For one connection, and like it for one thread at a time.
 */
final class KeptStatements {

    /** There are fewer texts than that; it only bounds what a mistake could cost. */
    private static final int MOST = 256;

    private final Connection connection;
    private final Map<String, PreparedStatement> idle = new HashMap<>();

    KeptStatements(Connection connection) {
        this.connection = connection;
    }

    /** A statement without values. */
    PreparedStatement take(String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        return kept == null ? connection.prepareStatement(sql) : kept;
    }

    /** It is not in use any more. */
    void giveBack(String sql, PreparedStatement statement) throws SQLException {
        if (idle.size() >= MOST || idle.containsKey(sql)) {
            statement.close();
        } else {
            statement.clearParameters();
            idle.put(sql, statement);
        }
    }

    /** The connection is closed next. */
    void close() {
        try {
            for (PreparedStatement statement : idle.values()) {
                statement.close();
            }
        } catch (SQLException e) {
            // They go with the connection.
        } finally {
            idle.clear();
        }
    }
}
