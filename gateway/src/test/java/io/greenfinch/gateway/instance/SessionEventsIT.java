package io.greenfinch.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.client.Account;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.store.StaleEpochException;
import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.DatabaseSessionStore;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.StateHistoryTable;
import io.greenfinch.gateway.store.Vault;
import io.greenfinch.protocol.binary.Jid;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Events are published when they are stored, and not by the thread that stores for everybody. */
@Timeout(60)
class SessionEventsIT {

    private static final long INSTANCE = 1_101_000_001L;
    private static final Instant NOW = Instant.parse("2026-11-26T10:20:30Z");

    @TempDir
    private Path data;

    private final Logger logger = (Logger) LoggerFactory.getLogger(SessionEvents.class);
    private final ListAppender<ILoggingEvent> published = new ListAppender<>();

    @BeforeEach
    void listen() {
        published.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(published);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(published);
        logger.setLevel(null);
    }

    @Test
    void whatIsStoredIsPublishedByAThreadOfItsOwnAndNothingElse() {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        try (DataFolder folder = DataFolder.open(data);
                ScheduledTimers timers = new ScheduledTimers(clock)) {
            Vault vault = new Vault(MasterKey.ofFolder(folder, random), random);
            try (Database database = SqliteDatabase.open(folder, vault, clock, timers)) {
                DatabaseSessionStore store = new DatabaseSessionStore(database, vault);
                StateHistoryTable history = new StateHistoryTable(database, vault);
                SettingsBook settings = new SettingsBook();
                SessionEvents events = new SessionEvents(store, Projections.over(database, vault, timers, settings));
                long stale = store.claim(INSTANCE);
                long epoch = store.claim(INSTANCE);

                CompletableFuture<Void> refused =
                        events.store(INSTANCE, stale, List.of(), linked()).toCompletableFuture();
                assertThatThrownBy(refused::join).hasCauseInstanceOf(StaleEpochException.class);
                assertThat(published.list).isEmpty();
                assertThat(history.newest(INSTANCE, 10)).isEmpty();

                events.store(INSTANCE, epoch, List.of(), linked())
                        .toCompletableFuture()
                        .join();
                assertThat(published.list).singleElement().satisfies(line -> {
                    assertThat(line.getFormattedMessage()).isEqualTo("Instance " + INSTANCE + " is linked");
                    assertThat(line.getThreadName()).startsWith("publish-");
                });
                assertThat(history.newest(INSTANCE, 10))
                        .containsExactly(new StateHistoryTable.Entry("authorized", "15550001001", NOW));

                // What the history has already is not written, whoever asks: not now, not in the next process.
                for (SessionEvents later : List.of(
                        events, new SessionEvents(store, Projections.over(database, vault, timers, settings)))) {
                    assertThat(later.store(INSTANCE, stale, List.of(), linked()))
                            .isCompleted();
                }
                assertThat(history.newest(INSTANCE, 10)).hasSize(1);
            }
        }
    }

    private static List<SessionEvent> linked() {
        return List.of(new SessionEvent.Linked(NOW, new Account(Jid.pn("15550001001"), Optional.empty(), "android")));
    }
}
