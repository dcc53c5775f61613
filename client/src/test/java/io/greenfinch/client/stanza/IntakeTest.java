package io.greenfinch.client.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.EventSink;
import io.greenfinch.client.session.Owner;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Store, then acknowledge: the order of things, with a host that commits when the test says so. */
final class IntakeTest {

    private final List<List<Change>> units = new ArrayList<>();
    private final List<CompletableFuture<Void>> commits = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final EventSink sink = (instance, epoch, changes, events) -> {
        assertThat(instance).isEqualTo(7);
        assertThat(epoch).isEqualTo(3);
        units.add(changes);
        commits.add(new CompletableFuture<>());
        return commits.getLast();
    };
    private final Owner owner = new Owner("session-test", () -> {}, failures::add);
    private final Intake intake = new Intake(7, 3, sink, owner, () -> done.add("stored"), failures::add);

    @BeforeEach
    void begin() {
        owner.begin();
    }

    @AfterEach
    void end() {
        owner.stop();
    }

    @Test
    void acknowledgesOnlyWhenStored() {
        onOwner(() -> {
            add("a");
            add("b");
            intake.flush();
            intake.flush();
        });
        assertThat(units).containsExactly(List.of(change("a"), change("b")));
        assertThat(done).isEmpty();

        commit(0);
        assertThat(done).containsExactly("a", "b", "stored");
    }

    @Test
    void oneUnitAtATimeIsOnItsWay() {
        onOwner(() -> {
            add("a");
            intake.flush();
            add("b");
            add("c");
            intake.flush();
        });
        assertThat(units).hasSize(1);

        commit(0);
        assertThat(units).containsExactly(List.of(change("a")), List.of(change("b"), change("c")));
        assertThat(done).containsExactly("a", "stored");
    }

    @Test
    void whatNeedsNoStoringKeepsItsPlaceInTheOrder() {
        onOwner(() -> {
            intake.add(List.of(), List.of(), () -> done.add("first"));
            intake.flush();
            assertThat(done).containsExactly("first");
            add("a");
            intake.flush();
            intake.add(List.of(), List.of(), () -> done.add("last"));
            intake.flush();
        });
        assertThat(done).containsExactly("first");

        commit(0);
        assertThat(done).containsExactly("first", "a", "stored", "last");
    }

    @Test
    void aUnitHasAtMostSixtyFourStanzas() {
        onOwner(() -> {
            for (int i = 0; i < 100; i++) {
                add("s" + i);
            }
            intake.flush();
        });
        assertThat(units.getFirst()).hasSize(64);
        commit(0);
        assertThat(units.get(1)).hasSize(36);
    }

    @Test
    void saysWhenNothingMoreShouldComeIn() {
        onOwner(() -> {
            for (int i = 0; i < 127; i++) {
                add("s" + i);
            }
            assertThat(intake.full()).isFalse();
            add("one more");
            assertThat(intake.full()).isTrue();
            intake.flush();
            assertThat(intake.full()).isFalse();
        });
    }

    @Test
    void aFailedCommitAcknowledgesNothing() {
        onOwner(() -> {
            add("a");
            intake.flush();
        });
        commits.getFirst().completeExceptionally(new IllegalStateException("disk full"));
        onOwner(() -> {});

        assertThat(done).isEmpty();
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSinkThatThrowsIsAFailedCommit() {
        EventSink throwing = (instance, epoch, changes, events) -> {
            throw new IllegalStateException("no room");
        };
        Intake refused = new Intake(7, 3, throwing, owner, () -> {}, failures::add);
        onOwner(() -> {
            refused.add(List.of(change("a")), List.of(), () -> done.add("a"));
            refused.flush();
        });
        onOwner(() -> {});

        assertThat(done).isEmpty();
        assertThat(failures).hasSize(1);
    }

    @Test
    void afterAResetNothingOldIsAcknowledged() {
        onOwner(() -> {
            add("a");
            intake.flush();
            add("b");
            intake.reset();
            add("c");
            intake.flush();
        });
        assertThat(units).containsExactly(List.of(change("a")), List.of(change("c")));
        commit(0);
        assertThat(done).isEmpty();
        commit(1);
        assertThat(done).containsExactly("c", "stored");
    }

    private void add(String name) {
        intake.add(List.of(change(name)), List.of(), () -> done.add(name));
    }

    private void commit(int unit) {
        commits.get(unit).complete(null);
        onOwner(() -> {});
    }

    /** Runs a step where the intake belongs and waits for it. */
    private void onOwner(Runnable step) {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        owner.execute(() -> {
            try {
                step.run();
                ran.complete(null);
            } catch (RuntimeException | AssertionError e) {
                ran.completeExceptionally(e);
            }
        });
        ran.join();
    }

    private static Change change(String key) {
        return new Change.Put(StateKind.GROUP, key, new byte[] {1});
    }
}
