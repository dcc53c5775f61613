package io.greenfinch.gateway.notification;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.store.DataFolder;
import io.greenfinch.gateway.store.Database;
import io.greenfinch.gateway.store.DatabaseSessionStore;
import io.greenfinch.gateway.store.EventLogTable;
import io.greenfinch.gateway.store.MasterKey;
import io.greenfinch.gateway.store.OutboxTable;
import io.greenfinch.gateway.store.OutboxTable.Bounds;
import io.greenfinch.gateway.store.SqliteDatabase;
import io.greenfinch.gateway.store.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What happens to notifications that nobody takes: who runs the gateway is warned before they go. */
@Timeout(60)
class OutboxIT {

    private static final long ID = 1_101_000_001L;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Logger logger = (Logger) LoggerFactory.getLogger(OutboxWatch.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private ScheduledTimers timers;
    private DataFolder folder;
    private Database database;
    private DatabaseSessionStore store;
    private EventLogTable log;
    private Outbox outbox;
    private long epoch;
    private int changes;

    @BeforeEach
    void open() {
        SecureRandom random = new SecureRandom();
        timers = new ScheduledTimers(Clock.systemUTC());
        folder = DataFolder.open(data);
        Vault vault = new Vault(MasterKey.ofFolder(folder, random), random);
        database = SqliteDatabase.open(folder, vault, Clock.systemUTC(), timers);
        store = new DatabaseSessionStore(database, vault);
        epoch = store.claim(ID);
        log = new EventLogTable(database, vault, clock, EventLogTable.STANDARD_WEIGHT);
        Timers stepped = (when, action) -> {
            next.set(action);
            return () -> {};
        };
        outbox = new Outbox(
                new OutboxTable(database, vault, clock, new Bounds(10, 1 << 20)),
                new EventLog(log, stepped, clock),
                stepped,
                clock,
                registry);
        outbox.start();
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        outbox.close();
        database.close();
        folder.close();
        timers.close();
    }

    @Test
    void itWarnsOnceBeforeItIsFullAndCountsWhatGoes() {
        add(7);
        assertThat(lines.list).isEmpty();
        add(3);
        assertThat(lines.list).singleElement().asString().contains("is nearly full (8 notifications)");
        add(5);
        assertThat(lines.list).hasSize(2).last().asString().contains("is full, its oldest notifications go");
        assertThat(dropped("room")).isEqualTo(5);
        assertThat(registry.get("greenfinch.outbox.added").counter().count()).isEqualTo(15);
        assertThat(registry.get("greenfinch.outbox.backlog").gauge().value()).isEqualTo(10);
        assertThat(log.after(ID, 0, 100)).as("the log has all of them").hasSize(15);
        for (int i = 0; i < 7; i++) {
            outbox.remove(ID, outbox.first(ID).orElseThrow().receipt());
        }
        add(5);
        assertThat(lines.list).as("it was emptied in between").hasSize(3);
    }

    @Test
    void whatGetsOldIsWarnedOfAnHourBeforeItGoes() {
        add(3);
        clock.advance(Duration.ofHours(23));
        round();
        assertThat(lines.list).singleElement().asString().contains("go within 60 minutes");
        round();
        assertThat(lines.list).hasSize(1);
        clock.advance(Duration.ofHours(1));
        round();
        assertThat(dropped("age")).isEqualTo(3);
        assertThat(outbox.first(ID)).isEmpty();
        assertThat(outbox.waiting()).isEmpty();
    }

    @Test
    void whatIsDamagedIsPassedOver() {
        add(2);
        long first = outbox.first(ID).orElseThrow().receipt();
        database.writeNow(
                handle -> handle.execute("UPDATE outbox SET body_sealed = ? WHERE receipt = ?", new byte[40], first));
        assertThat(outbox.first(ID)).map(OutboxTable.Waiting::receipt).hasValue(first + 1);
        assertThat(dropped("damaged")).isEqualTo(1);
        assertThat(outbox.count(ID)).isEqualTo(1);
    }

    /** One change of state after the other, each in a commit of its own. */
    private void add(int times) {
        for (int i = 0; i < times; i++) {
            OutboxUnit unit = outbox.unit(ID);
            Notification told = new StateInstanceChanged(++changes, "authorized", Instant.EPOCH);
            store.commit(ID, epoch, List.of(), List.of(unit.notification(told, new InstanceData(ID, ""), true)))
                    .toCompletableFuture()
                    .join();
            unit.durable();
        }
    }

    private double dropped(String why) {
        return registry.get("greenfinch.outbox.dropped")
                .tag("why", why)
                .counter()
                .count();
    }

    /** A round of the sweeper, which sets out on the next one when it is done. */
    private void round() {
        Runnable due = next.get();
        due.run();
        Awaitility.await().until(() -> !next.get().equals(due));
    }
}
