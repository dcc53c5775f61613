package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.HostRowContract.Breakage;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import io.greenfinch.client.time.SteppedTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that is gone, full or slow: what was handed in waits, and nobody is told what is not true. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class DatabaseTroubleIT {

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final SteppedTimers timers = new SteppedTimers(clock);
    private TestDatabase test;

    DatabaseTroubleIT(TestDatabase.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        test = TestDatabase.of(kind, data, clock, timers);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void whatIsHandedInMeanwhileIsWrittenInItsOrderWhenAllIsWell() {
        List<CompletableFuture<Long>> units = new ArrayList<>();
        try (Breakage broken = test.connections().fail(test.trouble())) {
            for (int i = 0; i < 500; i++) {
                units.add(increment());
            }
            broken.awaitHit();
            until(() -> !test.database().healthy());
            assertThat(units).noneMatch(CompletableFuture::isDone);
            assertThat(stored()).isZero();
        }
        tryAgain(Duration.ofMillis(100));

        for (int i = 0; i < 500; i++) {
            assertThat(units.get(i).orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(i + 1);
        }
        assertThat(test.database().healthy()).isTrue();
        assertThat(stored()).isEqualTo(500);
    }

    @Test
    void theNextAttemptComesLaterEachTimeButNeverAfterMoreThanHalfAMinute() {
        try (Breakage broken = test.connections().fail(test.trouble())) {
            var _ = increment();
            broken.awaitHit();
            long pause = 100;
            for (int attempt = 2; attempt < 13; attempt++) {
                tryAgain(Duration.ofMillis(pause));
                test.connections().awaitAttempts(attempt);
                pause = Math.min(2 * pause, 30_000);
            }
            assertThat(pause).isEqualTo(30_000);
        }
        tryAgain(Duration.ofSeconds(30));
        until(() -> test.database().healthy());

        try (Breakage again = test.connections().fail(test.trouble())) {
            int before = test.connections().attempts();
            var _ = increment();
            again.awaitHit();
            tryAgain(Duration.ofMillis(100));
            test.connections().awaitAttempts(before + 2);
        }
        tryAgain(Duration.ofMillis(200));
        until(() -> stored() == 2);
    }

    @Test
    void anOverloadMakesSessionsWaitAndRefusesTheOthers() {
        List<CompletableFuture<Long>> units = new ArrayList<>();
        try (Breakage slow = test.connections().hang()) {
            units.add(increment());
            slow.awaitHit();
            for (int i = 0; i < 20_000; i++) {
                units.add(increment());
            }
            assertThat(test.database().backlog()).isEqualTo(20_000);
            assertThatThrownBy(() -> test.database().writeNow(handle -> 0))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("overloaded");
            assertThat(units).noneMatch(CompletableFuture::isDone);
        }

        assertThat(units.getLast().orTimeout(40, TimeUnit.SECONDS).join()).isEqualTo(20_001);
        assertThat(units).allMatch(CompletableFuture::isDone);
    }

    @Test
    void whoGaveUpWhileItWaitedIsToldTheTruthAndItIsNotWrittenLater() {
        try (Breakage broken = test.connections().fail(test.trouble())) {
            var _ = increment();
            broken.awaitHit();
            until(() -> !test.database().healthy() && timers.waiting() == 1);
            CompletableFuture<Long> now = incrementNow();
            until(() -> timers.waiting() == 2);
            timers.advance(Duration.ofMillis(100));
            test.connections().awaitAttempts(2);
            until(() -> timers.waiting() == 2);
            for (int i = 0; i < 21; i++) {
                timers.advance(Duration.ofSeconds(1));
                until(() -> timers.waiting() > 0);
            }
            assertThatThrownBy(now::join).hasCauseExactlyInstanceOf(StoreException.class);
        }
        until(() -> {
            timers.advance(Duration.ofSeconds(1));
            return test.database().healthy();
        });
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void whoGaveUpWhileItWasAtWorkIsToldThatNobodyKnows() {
        CompletableFuture<Long> now;
        try (Breakage slow = test.connections().hang()) {
            now = incrementNow();
            slow.awaitHit();
            until(() -> timers.waiting() == 1);
            timers.advance(Duration.ofSeconds(20));
            assertThatThrownBy(now::join).hasCauseInstanceOf(UnknownOutcomeException.class);
        }
        until(() -> stored() == 1);
    }

    @Test
    void whatStillWaitsWhenTheStoreClosesIsToldToBeLost() {
        CompletableFuture<Long> lost;
        try (Breakage broken = test.connections().fail(test.trouble())) {
            lost = increment();
            broken.awaitHit();
            test.database().close();
        }
        assertThatThrownBy(lost::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(StoreException.class);
        assertThatThrownBy(() -> increment().join()).hasCauseInstanceOf(StoreException.class);
        test.reopen();
        assertThat(stored()).isZero();
    }

    @Test
    void aRefusedUnitIsNoTrouble() {
        CompletableFuture<Integer> refused = test.database()
                .write(handle -> handle.execute("INSERT INTO sequence (name, value) VALUES ('refused', NULL)"));
        assertThat(increment().join()).isEqualTo(1);
        assertThatThrownBy(refused::join).hasCauseInstanceOf(StoreException.class);
        assertThat(test.database().healthy()).isTrue();
        assertThat(timers.waiting()).isZero();
    }

    /** A unit whose result tells how many came before it. */
    private CompletableFuture<Long> increment() {
        return test.database().write(DatabaseTroubleIT::next);
    }

    private CompletableFuture<Long> incrementNow() {
        return CompletableFuture.supplyAsync(
                () -> test.database().writeNow(DatabaseTroubleIT::next), Thread::startVirtualThread);
    }

    private static long next(Handle handle) {
        return handle.number("INSERT INTO sequence (name, value) VALUES ('test', 1) "
                + "ON CONFLICT (name) DO UPDATE SET value = sequence.value + 1 RETURNING value");
    }

    private long stored() {
        return test.database()
                .read(handle -> handle.number("SELECT COALESCE(MAX(value), 0) FROM sequence WHERE name = 'test'"));
    }

    /** Lets the pause pass that the writer makes now. */
    private void tryAgain(Duration pause) {
        until(() -> timers.waitingFor(clock.instant().plus(pause)));
        timers.advance(pause);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(condition);
    }
}
