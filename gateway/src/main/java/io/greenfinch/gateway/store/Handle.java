package io.greenfinch.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An open connection to the database, on which statements are carried out; each is prepared once and used again (ADR 17). Values
 * are numbers, texts, bytes or null. Whatever fails is a {@link DatabaseException}. For one thread at a time.
 */
public final class Handle implements AutoCloseable {

    /** Makes connections. */
    @FunctionalInterface
    interface Source {
        Connection connect() throws SQLException;
    }

    /** What JDBC does or fails to do. */
    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private final Connection connection;
    private final KeptStatements statements;

    private Handle(Connection connection) {
        this.connection = connection;
        this.statements = new KeptStatements(connection);
    }

    static Handle open(Source source) {
        return attempt(() -> new Handle(source.connect()));
    }

    /** Does something with a connection of its own. */
    static void use(Source source, Consumer<Handle> work) {
        try (Handle handle = open(source)) {
            work.accept(handle);
        }
    }

    /** Changes rows; returns how many. */
    public int execute(String sql, @Nullable Object... values) {
        return prepared(sql, values, PreparedStatement::executeUpdate);
    }

    /** All rows of a result. */
    public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values) {
        return prepared(sql, values, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                List<T> list = new ArrayList<>();
                while (rows.next()) {
                    list.add(reader.read(rows));
                }
                return list;
            }
        });
    }

    /** The first row of a result; empty when it has none. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) {
        return prepared(sql, values, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        });
    }

    /** The number in the first column of the first row, which is there. */
    public long number(String sql, @Nullable Object... values) {
        return first(sql, RowReader.NUMBER, values).orElseThrow();
    }

    private <T> T prepared(String sql, @Nullable Object[] values, Use<T> use) {
        return attempt(() -> {
            PreparedStatement statement = statements.take(sql);
            try {
                T result = use.of(bound(statement, values));
                statements.giveBack(sql, statement);
                return result;
            } catch (SQLException | RuntimeException e) {
                drop(statement, e);
                throw e;
            }
        });
    }

    /** One that has failed is not used again. */
    private static void drop(PreparedStatement statement, Exception why) {
        try {
            statement.close();
        } catch (SQLException e) {
            why.addSuppressed(e);
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

    /** Does something as a whole or not at all. */
    <T> T inTransaction(Function<Handle, T> work) {
        begin();
        try {
            T result = work.apply(this);
            commit();
            return result;
        } catch (RuntimeException | Error e) {
            try {
                rollback();
            } catch (DatabaseException failure) {
                e.addSuppressed(failure);
            }
            throw e;
        }
    }

    void begin() {
        attempt(() -> {
            connection.setAutoCommit(false);
            return true;
        });
    }

    void commit() {
        attempt(() -> {
            connection.commit();
            connection.setAutoCommit(true);
            return true;
        });
    }

    void rollback() {
        attempt(() -> {
            try {
                connection.rollback();
            } finally {
                connection.setAutoCommit(true);
            }
            return true;
        });
    }

    /** From here on things can be undone without the whole transaction. */
    Savepoint savepoint() {
        return attempt(connection::setSavepoint);
    }

    void release(Savepoint savepoint) {
        attempt(() -> {
            connection.releaseSavepoint(savepoint);
            return true;
        });
    }

    void rollbackTo(Savepoint savepoint) {
        attempt(() -> {
            connection.rollback(savepoint);
            return true;
        });
    }

    private static <T> T attempt(Attempt<T> attempt) {
        try {
            return attempt.make();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    @Override
    public void close() {
        statements.close();
        attempt(() -> {
            connection.close();
            return true;
        });
    }
}
