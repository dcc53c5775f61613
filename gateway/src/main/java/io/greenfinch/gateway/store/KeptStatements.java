package io.greenfinch.gateway.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Statements that are prepared once for a connection and used again: SQLite's driver would parse and plan them each time. One that is
 * in use is not given out a second time. For one connection, and like it for one thread at a time.
 */
final class KeptStatements implements StatementBuilder {

    /** There are fewer texts than that; it only bounds what a mistake could cost. */
    private static final int MOST = 256;

    private final DefaultStatementBuilder plain = new DefaultStatementBuilder();
    private final Map<String, PreparedStatement> idle = new HashMap<>();

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return plain.create(connection, context);
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        PreparedStatement kept = context.isReturningGeneratedKeys() ? null : idle.remove(sql);
        return kept == null ? plain.create(connection, sql, context) : kept;
    }

    /** One to use without Jdbi, and to close here. */
    PreparedStatement take(Connection connection, String sql) throws SQLException {
        PreparedStatement kept = idle.remove(sql);
        return kept == null ? connection.prepareStatement(sql) : kept;
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return plain.createCall(connection, sql, context);
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        if (!(statement instanceof PreparedStatement prepared) || idle.size() >= MOST || !cleared(prepared)) {
            statement.close();
            return;
        }
        PreparedStatement other = idle.put(sql, prepared);
        if (other != null) {
            other.close();
        }
    }

    /** Lets go of the values; false for a statement that has failed in a way that ends it. */
    private static boolean cleared(PreparedStatement statement) {
        try {
            statement.clearParameters();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close(Connection connection) {
        try {
            for (PreparedStatement statement : idle.values()) {
                statement.close();
            }
        } catch (SQLException e) {
            // The connection is closed next, and they go with it.
        } finally {
            idle.clear();
        }
    }
}
