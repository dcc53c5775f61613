package io.greenfinch.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The state of a session: decided over cached over stored. */
final class SessionStateTest {

    private static final StateKey KEY = new StateKey(StateKind.GROUP, "1");
    private static final StateKey OTHER = new StateKey(StateKind.GROUP, "2");

    private final InMemorySessionStore<Object> store = new InMemorySessionStore<>();
    private final long epoch = store.claim(1);
    private final AtomicBoolean onOwner = new AtomicBoolean();
    private final SessionState state = new SessionState(1, store, new ProcessCache(), onOwner::get);

    @Test
    void theSessionsThreadNeverReadsAndOthersDo() {
        stored(put(KEY, 1));
        onOwner.set(true);
        assertThatThrownBy(() -> state.find(KEY))
                .isInstanceOfSatisfying(
                        MissingStateException.class, e -> assertThat(e.keys()).containsExactly(KEY));
        onOwner.set(false);
        assertThat(state.find(KEY)).hasValue(new byte[] {1});
        onOwner.set(true);
        assertThat(state.find(KEY)).as("in the cache from now on").hasValue(new byte[] {1});
    }

    @Test
    void whatWasDecidedIsSeenBeforeAndAfterItIsStored() {
        stored(put(KEY, 1));
        Change second = put(KEY, 2);
        state.decided(List.of(second));
        assertThat(state.find(KEY)).hasValue(new byte[] {2});

        stored(second);
        state.committed(List.of(second));
        assertThat(state.find(KEY)).hasValue(new byte[] {2});

        Change gone = new Change.Remove(StateKind.GROUP, "1");
        state.decided(List.of(gone));
        assertThat(state.find(KEY)).isEmpty();
    }

    @Test
    void aCommitOfSomethingOlderDoesNotHideTheNewer() {
        Change first = put(KEY, 1);
        Change second = put(KEY, 2);
        state.decided(List.of(first));
        state.decided(List.of(second));
        stored(first);
        state.committed(List.of(first));
        assertThat(state.find(KEY)).hasValue(new byte[] {2});
    }

    @Test
    void aKindThatIsClearedIsEmptyAlthoughTheStoreHasIt() {
        stored(put(KEY, 1));
        assertThat(state.find(KEY)).isPresent();
        state.decided(List.of(new Change.Clear(StateKind.GROUP), put(OTHER, 2)));
        assertThat(state.find(KEY)).isEmpty();
        assertThat(state.find(OTHER)).isPresent();
    }

    @Test
    void whatWasReadForAStepGivesWayToWhatIsDecidedMeanwhile() {
        stored(put(KEY, 1));
        state.pin(Set.of(KEY, OTHER));
        onOwner.set(true);
        assertThat(state.find(KEY)).hasValue(new byte[] {1});
        assertThat(state.find(OTHER)).isEmpty();

        Change second = put(KEY, 2);
        state.decided(List.of(second));
        state.committed(List.of(second));
        assertThat(state.find(KEY)).hasValue(new byte[] {2});
        state.unpin();
        assertThat(state.find(KEY)).hasValue(new byte[] {2});
        assertThat(state.missing(List.of(OTHER))).containsExactly(OTHER);
    }

    @Test
    void afterAResetTheStoreDecides() {
        stored(put(KEY, 1));
        state.decided(List.of(put(KEY, 2)));
        state.reset();
        assertThat(state.find(KEY)).hasValue(new byte[] {1});
    }

    @Test
    void observersHearOfEveryChangeInOrder() {
        List<Change> heard = new ArrayList<>();
        state.observe(heard::add);
        List<Change> changes = List.of(put(KEY, 1), new Change.Clear(StateKind.GROUP), put(OTHER, 1));
        state.decided(changes);
        assertThat(heard).containsExactlyElementsOf(changes);
    }

    @Test
    void theCacheIsBoundedForAllSessionsTogether() {
        ProcessCache small = new ProcessCache(100_000);
        List<SessionState> sessions = new ArrayList<>();
        for (long instance = 1; instance <= 50; instance++) {
            SessionState each = new SessionState(instance, store, small, () -> true);
            Change big = new Change.Put(StateKind.GROUP, "1", new byte[10_000]);
            each.decided(List.of(big));
            each.committed(List.of(big));
            sessions.add(each);
        }
        assertThat(sessions.stream()
                        .filter(each -> each.missing(List.of(KEY)).isEmpty())
                        .count())
                .isLessThan(10);
    }

    private void stored(Change... changes) {
        store.commit(1, epoch, List.of(changes), List.of())
                .toCompletableFuture()
                .join();
    }

    private static Change put(StateKey key, int value) {
        return new Change.Put(key.kind(), key.key(), new byte[] {(byte) value});
    }
}
