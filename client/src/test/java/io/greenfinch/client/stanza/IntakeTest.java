package io.greenfinch.client.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.ClientContexts;
import io.greenfinch.client.ClientMetrics;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.session.Owner;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.SteppedTimers;
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
    private final Owner owner = new Owner("session-test", () -> {}, Runnable::run, failures::add);
    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final ClientContext context = ClientContexts.of(clock, new SteppedTimers(clock), ClientMetrics.NONE);
    private final SessionState state =
            new SessionState(7, new InMemorySessionStore<>(), new ProcessCache(), () -> true);
    private final Intake intake =
            new Intake(7, 3, sink, context, owner, state, () -> done.add("stored"), failures::add);

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
        Intake refused = new Intake(7, 3, throwing, context, owner, state, () -> {}, failures::add);
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
            var _ = intake.reset();
            add("c");
            intake.flush();
        });
        assertThat(units).containsExactly(List.of(change("a")), List.of(change("c")));
        commit(0);
        assertThat(done).isEmpty();
        commit(1);
        assertThat(done).containsExactly("c", "stored");
    }

    @Test
    void anOpenPlaceKeepsThoseBehindItFromTheStore() {
        Intake.Place[] open = new Intake.Place[2];
        onOwner(() -> {
            add("a");
            open[0] = intake.reserve();
            open[1] = intake.reserve();
            intake.flush();
        });
        commit(0);
        onOwner(() -> {
            open[1].refuse(() -> done.add("c"));
            intake.flush();
        });
        assertThat(units).containsExactly(List.of(change("a")));
        assertThat(done).containsExactly("a", "stored");

        onOwner(() -> {
            open[0].fill(List.of(change("b")), List.of(), () -> done.add("b"));
            intake.flush();
        });
        assertThat(units.getLast()).containsExactly(change("b"));
        commit(1);
        assertThat(done).containsExactly("a", "stored", "b", "c", "stored");
    }

    /** The answer to a question comes while a stanza still waits for its state: both change the same thing. */
    @Test
    void whatIsDecidedLaterIsStoredLater() {
        Intake.Place[] open = new Intake.Place[1];
        onOwner(() -> {
            open[0] = intake.reserve();
            add("answer");
            intake.flush();
        });
        assertThat(units).containsExactly(List.of(change("answer")));
        commit(0);
        assertThat(done).containsExactly("answer", "stored");

        onOwner(() -> {
            add("another");
            open[0].fill(List.of(change("stanza")), List.of(), () -> done.add("stanza"));
            add("the last");
            intake.flush();
        });
        assertThat(units.getLast()).containsExactly(change("another"), change("stanza"), change("the last"));
        commit(1);
        assertThat(done).containsExactly("answer", "stored", "another", "stanza", "the last", "stored");
    }

    @Test
    void aRefusedPlaceIsAnsweredInItsTurn() {
        onOwner(() -> {
            Intake.Place first = intake.reserve();
            intake.reserve().refuse(() -> done.add("second"));
            intake.flush();
            assertThat(done).isEmpty();
            first.refuse(() -> done.add("first"));
            intake.flush();
        });
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void whatIsDecidedIsInMemoryBeforeItIsStored() {
        onOwner(() -> {
            add("a");
            intake.flush();
            assertThat(state.find(new StateKey(StateKind.GROUP, "a"))).isPresent();
        });
        commit(0);
        onOwner(() -> assertThat(state.find(new StateKey(StateKind.GROUP, "a"))).isPresent());
    }

    @Test
    void aResetIsOverWhenTheUnitThatIsUnderWayHasBeenDecided() {
        List<CompletableFuture<Void>> over = new ArrayList<>();
        onOwner(() -> {
            add("a");
            intake.flush();
            over.add(intake.reset());
        });
        assertThat(over.getFirst()).isNotDone();

        commit(0);
        assertThat(over.getFirst()).isDone();
        assertThat(done).as("of a session that begins anew").isEmpty();
    }

    @Test
    void aPlaceOfBeforeAResetIsVoid() {
        onOwner(() -> {
            Intake.Place place = intake.reserve();
            var _ = intake.reset();
            place.fill(List.of(change("a")), List.of(), () -> done.add("a"));
            intake.flush();
            assertThat(state.missing(List.of(new StateKey(StateKind.GROUP, "a"))))
                    .hasSize(1);
        });
        assertThat(units).isEmpty();
        assertThat(done).isEmpty();
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
