package io.greenfinch.gateway.store;

import io.greenfinch.client.time.Timers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Databases in a real PostgreSQL, which is started when first asked for and lives as long as this process. It refuses to
 * run as root; there it is started in a user namespace of its own ({@code unshare -U}).
 */
final class PostgresDatabase {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private PostgresDatabase() {}

    /** The server, with one database that has all tables: the template for the others. */
    private static final class Server {

        private static final String TEMPLATE = "migrated";
        private static final EmbeddedPostgres ONLY = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .start();
                create(server, TEMPLATE, "template1");
                migrate(server.getDatabase("postgres", TEMPLATE));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("no PostgreSQL can be started here", e);
            }
        }

        private static void create(EmbeddedPostgres server, String name, String template) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
            } catch (SQLException e) {
                throw new IllegalStateException("no database can be made", e);
            }
        }

        /** With the very scripts that SQLite gets. */
        private static void migrate(DataSource source) {
            Flyway.configure()
                    .dataSource(source)
                    .locations(Migrations.SCRIPTS)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        }
    }

    /** A database of its own, with all tables and nothing in them. */
    static DataSource migrated() {
        String name = "test" + NUMBERS.incrementAndGet();
        Server.create(Server.ONLY, name, Server.TEMPLATE);
        return Server.ONLY.getDatabase("postgres", name);
    }

    /** As the gateway would open it, over connections that somebody has a hand in. */
    static Database open(
            DataSource source, Vault vault, Clock clock, Timers timers, UnaryOperator<Connection> connections) {
        Handle.use(source::getConnection, handle -> SealCheck.run(handle, vault));
        return new JdbcDatabase(
                () -> connections.apply(source.getConnection()), PostgresDatabase::isTrouble, clock, timers, () -> {});
    }

    /** The connection is gone (08), somebody else was faster (40), or the server or its system is at fault (53, 57, 58). */
    private static boolean isTrouble(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException known && known.getSQLState() != null) {
                return known.getSQLState().matches("(08|40|53|57|58).*");
            }
        }
        return false;
    }
}
