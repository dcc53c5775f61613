package io.greenfinch.gateway.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out on a handle's connection the few statements of which each message needs some: Jdbi makes a configuration for each call,
 * which costs the one writer a fifth of its time. Failures are Jdbi's.
 */
final class Statements {

    private Statements() {}

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** Changes rows; returns how many. */
    static int execute(Handle handle, String sql, @Nullable Object... values) {
        return with(handle, sql, values, PreparedStatement::executeUpdate);
    }

    /** The number in the first column of the first row; empty without one. */
    static OptionalLong number(Handle handle, String sql, @Nullable Object... values) {
        return with(handle, sql, values, statement -> {
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        });
    }

    private static <T> T with(Handle handle, String sql, @Nullable Object[] values, Use<T> use) {
        try {
            if (handle.getStatementBuilder() instanceof KeptStatements kept) {
                PreparedStatement statement = kept.take(handle.getConnection(), sql);
                try {
                    return use.of(bound(statement, values));
                } finally {
                    kept.close(handle.getConnection(), sql, statement);
                }
            }
            try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
                return use.of(bound(statement, values));
            }
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException("a statement failed", e, null);
        }
    }

    private static PreparedStatement bound(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case null -> statement.setNull(i + 1, Types.VARCHAR);
                case Object other -> throw new IllegalArgumentException("a value is " + other.getClass());
            }
        }
        return statement;
    }
}
