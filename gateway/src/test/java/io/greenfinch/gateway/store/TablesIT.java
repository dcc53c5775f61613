package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StaleEpochException;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.gateway.store.QuotaTable.Use;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every statement of every table, on both databases. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class TablesIT {

    private static final Instant NOW = Instant.parse("2026-11-26T10:20:30Z");
    private static final long ID = 1_101_000_001L;

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private TestDatabase test;

    TablesIT(TestDatabase.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        test = TestDatabase.of(kind, data);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void instancesKeepTheirNumbersSettingsAndTokens() {
        InstanceTable table = instances();
        StoredInstance first = table.add("first", "token one", "{}", NOW, number -> Optional.empty());
        StoredInstance second = table.add("second", "token two", "{}", NOW, number -> Optional.empty());
        assertThat(second.id()).isEqualTo(first.id() + 1);

        table.saveSettings(first.id(), "{\"a\":1}");
        byte[] fingerprint = table.replaceToken(first.id(), "token three");
        test.reopen();

        assertThat(instances().tokens())
                .containsEntry(first.id(), "token three")
                .containsEntry(second.id(), "token two")
                .hasSize(2);
        assertThat(instances().all())
                .extracting(StoredInstance::settings)
                .containsExactly(Optional.of("{\"a\":1}"), Optional.of("{}"));
        assertThat(instances().all().getFirst().fingerprint()).isEqualTo(fingerprint);
        assertThat(instances().all().getFirst().created()).isEqualTo(NOW);
    }

    @Test
    void aDeletedInstanceLeavesItsNameOnlyAndAtLastNothing() {
        long id = instances()
                .add("first", "token", "{}", NOW, number -> Optional.empty())
                .id();
        DatabaseSessionStore sessions = new DatabaseSessionStore(test.database(), test.vault());
        long epoch = sessions.claim(id);
        Row row = history().change(id, "none", "authorized", Optional.of("1"), NOW, number -> List.of());
        sessions.commit(id, epoch, List.of(new Change.Put(StateKind.GROUP, "g", new byte[1])), List.of(row))
                .toCompletableFuture()
                .join();
        keep(id, "key", answer("{}"));

        instances().delete(id, NOW, Optional.empty());
        assertThat(sessions.load(id, StateKind.GROUP)).isEmpty();
        assertThat(history().newest(id, 10)).isEmpty();
        assertThat(kept(id, "key")).isEmpty();
        assertThat(instances().all()).extracting(StoredInstance::deleted).containsExactly(Optional.of(NOW));
        assertThatThrownBy(() -> sessions.commit(id, epoch, List.of(), List.of(row))
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(StaleEpochException.class);

        instances().purge(NOW);
        assertThat(instances().all()).hasSize(1);
        instances().purge(NOW.plusMillis(1));
        assertThat(instances().all()).isEmpty();
        assertThat(instances()
                        .add("next", "token", "{}", NOW, number -> Optional.empty())
                        .id())
                .isGreaterThan(id);
    }

    @Test
    void changesOfStateAreNotedOnceWithTheNumberThatWasKnownLast() {
        note("authorized", Optional.of("15550001001"));
        note("authorized", Optional.of("15550001001"));
        note("notAuthorized", Optional.empty());
        note("notAuthorized", Optional.empty());
        test.reopen();

        assertThat(history().newest(ID, 10))
                .containsExactly(
                        new StateHistoryTable.Entry("notAuthorized", "15550001001", NOW),
                        new StateHistoryTable.Entry("authorized", "15550001001", NOW));
        assertThat(history().newest(ID, 1)).hasSize(1);
        assertThat(history().newest(ID + 1, 10)).isEmpty();
    }

    @Test
    void theStateOfABeginningIsNoChange() {
        note("none", Optional.empty());
        assertThat(history().newest(ID, 10)).isEmpty();
        note("blocked", Optional.empty());
        assertThat(history().newest(ID, 10)).containsExactly(new StateHistoryTable.Entry("blocked", "", NOW));
    }

    @Test
    void theNewestThousandChangesAreKept() {
        for (int i = 0; i < StateHistoryTable.KEPT + 3; i++) {
            Row row = history().change(ID, "none", "s" + i, Optional.of("1"), NOW, number -> List.of());
            var _ = test.database().write(row.work());
        }
        note("last", Optional.empty());

        List<StateHistoryTable.Entry> all = history().newest(ID, 5000);
        assertThat(all).hasSize(StateHistoryTable.KEPT);
        assertThat(all.getLast().state()).isEqualTo("s4");
    }

    @Test
    void quotasCountUntilTheyAreUsedUpAndAMonthAtATime() {
        YearMonth november = YearMonth.of(2026, 11);
        QuotaTable table = new QuotaTable(test.database());
        assertThat(table.use(ID, "leaveGroup", november, 2)).isEqualTo(Use.COUNTED);
        test.reopen();
        table = new QuotaTable(test.database());
        assertThat(table.use(ID, "leaveGroup", november, 2)).isEqualTo(Use.COUNTED);
        assertThat(table.use(ID, "leaveGroup", november, 2)).isEqualTo(Use.REFUSED_UNTOLD);
        List<String> told = new ArrayList<>();
        for (String time : List.of("first", "again")) {
            assertThat(table.use(ID, "leaveGroup", november, 2))
                    .isEqualTo(told.isEmpty() ? Use.REFUSED_UNTOLD : Use.REFUSED);
            table.tell(ID, "leaveGroup", november, 2, new Row(handle -> told.add(time)));
        }
        assertThat(told).containsExactly("first");
        assertThat(table.use(ID, "leaveGroup", november, 1))
                .as("another number")
                .isEqualTo(Use.REFUSED_UNTOLD);
        assertThat(table.use(ID, "createGroup", november, 1)).isEqualTo(Use.COUNTED);
        assertThat(table.use(ID + 1, "leaveGroup", november, 1)).isEqualTo(Use.COUNTED);
        assertThat(table.use(ID, "leaveGroup", november.plusMonths(1), 1)).isEqualTo(Use.COUNTED);
        long months = test.database().read(handle -> handle.number("SELECT COUNT(DISTINCT month) FROM quota_use"));
        assertThat(months).as("earlier months are forgotten").isEqualTo(1);
    }

    @Test
    void answersAreKeptForADayAndTheNewestReplacesTheOthers() {
        keep(ID, "key", answer("{\"a\":1}"));
        keep(ID, "key", answer("{\"a\":2}"));
        test.reopen();
        assertThat(kept(ID, "key"))
                .map(kept -> new String(kept.body(), StandardCharsets.UTF_8))
                .hasValue("{\"a\":2}");
        assertThat(kept(ID, "key").flatMap(KeptAnswer::reason)).hasValue("left-earlier");
        assertThat(kept(ID, "other")).isEmpty();
        assertThat(kept(ID + 1, "key")).isEmpty();

        clock.advance(Duration.ofHours(24));
        assertThat(kept(ID, "key")).isEmpty();
    }

    @Test
    void answersEndWithTheLinkThoseToComeIncluded() {
        long id = instances()
                .add("first", "token", "{}", NOW, number -> Optional.empty())
                .id();
        keep(id, "key", answer("{}"));
        keep(0, "key", answer("{}"));
        KeptAnswerTable.Place underWay = answers().place(id, "leaveGroup", "later");
        test.database().writeNow(answers().linkEnded(id).work());
        answers().keep(underWay, answer("{}"));

        assertThat(kept(id, "key")).isEmpty();
        assertThat(kept(id, "later")).isEmpty();
        assertThat(answers().find(underWay)).isEmpty();
        assertThat(kept(0, "key")).as("the partner has no link").isPresent();
        keep(id, "key", answer("{}"));
        test.reopen();
        assertThat(kept(id, "key")).isPresent();
    }

    @Test
    void anInstanceHasSoManyAnswersAndNoMore() {
        keep(ID + 1, "of another", answer("{}"));
        keep(ID, "first", answer("{}"));
        keep(ID, "second", answer("{}"));
        test.database()
                .writeNow(handle -> handle.execute(
                        "UPDATE kept_answer SET number = ? WHERE idempotency_key = 'second'",
                        KeptAnswerTable.MAX_ANSWERS)); // as if there had been so many in between
        keep(ID, "last", answer("{}"));

        assertThat(kept(ID, "first")).isEmpty();
        assertThat(kept(ID, "second")).isPresent();
        assertThat(kept(ID, "last")).isPresent();
        assertThat(kept(ID + 1, "of another")).isPresent();
    }

    /** Counted in the database: another process would find the same bound. */
    @Test
    void whenTheAnswersOfAnInstanceWeighTooMuchItsOldestGo() {
        KeptAnswer large = answer("x".repeat(1 << 20));
        keep(ID + 1, "of another", large);
        for (int i = 0; i < 20; i++) {
            keep(ID, "key " + i, large);
            if (i == 10) {
                test.reopen();
            }
        }

        assertThat(kept(ID, "key 3")).isEmpty();
        for (int i = 4; i < 20; i++) {
            assertThat(kept(ID, "key " + i)).as("key %d", i).isPresent();
        }
        assertThat(kept(ID + 1, "of another")).isPresent();
    }

    @Test
    void itIsHealthyAndHasNothingToDo() {
        assertThat(test.database().healthy()).isTrue();
        assertThat(test.database().backlog()).isZero();
    }

    @Test
    void theLastStateOfEveryInstanceIsTold() {
        note("authorized", Optional.empty());
        note("blocked", Optional.empty());
        test.database()
                .writeNow(history()
                        .change(ID + 1, "none", "authorized", Optional.empty(), NOW, number -> List.of())
                        .work());

        assertThat(history().lastStates()).containsOnly(Map.entry(ID, "blocked"), Map.entry(ID + 1, "authorized"));
    }

    private void note(String state, Optional<String> phone) {
        test.database()
                .writeNow(history()
                        .change(ID, "none", state, phone, NOW, number -> List.of())
                        .work());
    }

    private InstanceTable instances() {
        return new InstanceTable(test.database(), test.vault());
    }

    private StateHistoryTable history() {
        return new StateHistoryTable(test.database(), test.vault());
    }

    private KeptAnswerTable answers() {
        return new KeptAnswerTable(test.database(), test.vault(), clock);
    }

    private void keep(long instance, String key, KeptAnswer answer) {
        answers().keep(answers().place(instance, "leaveGroup", key), answer);
    }

    private Optional<KeptAnswer> kept(long instance, String key) {
        return answers().find(answers().place(instance, "leaveGroup", key));
    }

    private static KeptAnswer answer(String body) {
        return new KeptAnswer(
                new byte[] {1, 2}, 200, Optional.of("left-earlier"), body.getBytes(StandardCharsets.UTF_8));
    }
}
