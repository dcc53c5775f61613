package io.greenfinch.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.store.Change.Clear;
import io.greenfinch.client.store.Change.Put;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link SessionStore} promises of the host's rows: with the changes of their commit, or not at all. */
@Timeout(60)
public interface HostRowContract<R> extends SessionStoreContract<R> {

    /** A row that can be written. */
    R row(int number, String text);

    /** A row that is refused when it is written. */
    R refusedRow(int number);

    /** The texts of an instance's rows, the oldest first. */
    List<String> rows(int number);

    /** From now on every commit fails at its very end, after everything was written, until the breakage is closed. */
    Breakage breakCommits();

    /** Commits that fail. */
    interface Breakage extends AutoCloseable {

        /** Waits until a commit has failed. */
        void awaitHit();

        @Override
        void close();
    }

    @Test
    default void rowsAreWrittenWithTheirChanges() {
        long epoch = store().claim(instance(1));
        commit(epoch, List.of(put("a")), List.of(row(1, "one"), row(1, "two")));
        commit(epoch, List.of(), List.of(row(1, "three")));

        assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys("a");
        assertThat(rows(1)).containsExactly("one", "two", "three");
        assertThat(rows(2)).isEmpty();

        assertThat(reopened().load(instance(1), StateKind.GROUP)).containsOnlyKeys("a");
        assertThat(rows(1)).containsExactly("one", "two", "three");
    }

    @Test
    default void aRowThatIsRefusedTakesItsCommitWithIt() {
        long epoch = store().claim(instance(1));
        commit(epoch, List.of(put("kept")), List.of(row(1, "kept")));

        List<R> first = List.of(refusedRow(1), row(1, "b"));
        List<R> between = List.of(row(1, "a"), refusedRow(1), row(1, "b"));
        List<R> last = List.of(row(1, "a"), row(1, "b"), refusedRow(1));
        for (List<R> rows : List.of(first, between, last)) {
            refused(epoch, List.of(new Clear(StateKind.GROUP), put("lost")), rows);
            assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys("kept");
            assertThat(rows(1)).containsExactly("kept");
        }

        commit(epoch, List.of(put("after")), List.of(row(1, "after")));
        assertThat(rows(1)).containsExactly("kept", "after");
    }

    @Test
    default void aChangeThatIsRefusedTakesTheRowsWithIt() {
        long epoch = store().claim(instance(1));
        Change refused = put("k".repeat(Change.MAX_KEY + 1));
        for (List<Change> changes : List.of(List.of(refused, put("a")), List.of(put("a"), refused))) {
            refused(epoch, changes, List.of(row(1, "lost")));
        }

        assertThat(store().load(instance(1), StateKind.GROUP)).isEmpty();
        assertThat(rows(1)).isEmpty();
    }

    @Test
    default void anEarlierOwnerWritesNoRow() {
        long earlier = store().claim(instance(1));
        long later = store().claim(instance(1));

        CompletableFuture<Void> stale = store().commit(instance(1), earlier, List.of(), List.of(row(1, "stale")))
                .toCompletableFuture();
        assertThatThrownBy(() -> await(stale)).cause().isInstanceOf(StaleEpochException.class);
        assertThat(rows(1)).isEmpty();

        commit(later, List.of(), List.of(row(1, "fresh")));
        assertThat(rows(1)).containsExactly("fresh");
    }

    /** Whether the store refuses the commit or tries again until it is well is its own affair. */
    @Test
    default void aCommitThatFailsAtItsEndLeavesNothing() {
        long epoch = store().claim(instance(1));
        commit(epoch, List.of(put("kept")), List.of(row(1, "kept")));
        CompletableFuture<Boolean> late;
        try (Breakage broken = breakCommits()) {
            late = store().commit(
                            instance(1),
                            epoch,
                            List.of(new Clear(StateKind.GROUP), put("late")),
                            List.of(row(1, "late")))
                    .toCompletableFuture()
                    .handle((done, failure) -> failure == null);
            broken.awaitHit();
            assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys("kept");
            assertThat(rows(1)).containsExactly("kept");
        }

        boolean stored = late.orTimeout(30, TimeUnit.SECONDS).join();
        commit(epoch, List.of(put("after")), List.of(row(1, "after")));
        assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys(stored ? "late" : "kept", "after");
        assertThat(rows(1)).isEqualTo(stored ? List.of("kept", "late", "after") : List.of("kept", "after"));
    }

    @Test
    default void rowsAreWrittenInTheOrderOfTheCalls() {
        long epoch = store().claim(instance(1));
        List<CompletableFuture<Void>> commits = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            expected.addAll(List.of(i + "a", i + "b"));
            commits.add(store().commit(
                            instance(1), epoch, List.of(put("k" + i)), List.of(row(1, i + "a"), row(1, i + "b")))
                    .toCompletableFuture());
        }
        commits.forEach(HostRowContract::await);

        assertThat(rows(1)).isEqualTo(expected);
    }

    @Test
    default void aCommitWithARefusedRowDoesNotSpoilItsNeighbours() {
        long epoch = store().claim(instance(1));
        long other = store().claim(instance(2));
        List<CompletableFuture<Void>> good = new ArrayList<>();
        List<CompletableFuture<Void>> bad = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            good.add(store().commit(instance(1), epoch, List.of(put("k" + i)), List.of(row(1, "row " + i)))
                    .toCompletableFuture());
            bad.add(store().commit(
                            instance(2), other, List.of(put("k" + i)), List.of(row(2, "row " + i), refusedRow(2)))
                    .toCompletableFuture());
        }
        good.forEach(HostRowContract::await);

        assertThat(bad)
                .allSatisfy(refused ->
                        assertThatThrownBy(() -> await(refused)).cause().isInstanceOf(StoreException.class));
        assertThat(store().load(instance(1), StateKind.GROUP)).hasSize(50);
        assertThat(rows(1)).hasSize(50);
        assertThat(store().load(instance(2), StateKind.GROUP)).isEmpty();
        assertThat(rows(2)).isEmpty();
    }

    private void commit(long epoch, List<Change> changes, List<R> rows) {
        await(store().commit(instance(1), epoch, changes, rows).toCompletableFuture());
    }

    private void refused(long epoch, List<Change> changes, List<R> rows) {
        CompletableFuture<Void> commit =
                store().commit(instance(1), epoch, changes, rows).toCompletableFuture();
        assertThatThrownBy(() -> await(commit)).cause().isInstanceOf(StoreException.class);
    }

    private static void await(CompletableFuture<Void> commit) {
        commit.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Change put(String key) {
        return new Put(StateKind.GROUP, key, key.getBytes(StandardCharsets.UTF_8));
    }
}
