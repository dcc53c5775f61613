package io.greenfinch.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.greenfinch.client.store.Change.Clear;
import io.greenfinch.client.store.Change.Put;
import io.greenfinch.client.store.Change.Remove;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link SessionStore} promises of sessions' state; {@link HostRowContract} has the host's rows. */
@Timeout(60)
public interface SessionStoreContract<R> {

    /** The store of this test: empty at its start, the same object throughout. */
    SessionStore<R> store();

    /** A store on the same data, as a new process would open it; {@link #store()} is not used any more after that. */
    SessionStore<R> reopened();

    /** The id of an instance that may be claimed, a different one for each number. */
    long instance(int number);

    @Test
    default void findsNothingInANewInstance() {
        store().claim(instance(1));

        for (StateKind kind : StateKind.values()) {
            assertThat(store().load(instance(1), kind)).isEmpty();
            assertThat(store().find(instance(1), kind, "self")).isEmpty();
        }
    }

    @Test
    default void everyClaimHasAGreaterEpoch() {
        long first = store().claim(instance(1));
        long second = store().claim(instance(1));

        assertThat(second).isGreaterThan(first);
        assertThat(reopened().claim(instance(1))).isGreaterThan(second);
    }

    @Test
    default void returnsWhatWasPutInEveryKind() {
        long epoch = store().claim(instance(1));
        for (StateKind kind : StateKind.values()) {
            commit(epoch, new Put(kind, "key", bytes("value of " + kind)));
        }

        for (StateKind kind : StateKind.values()) {
            assertThat(store().find(instance(1), kind, "key")).hasValue(bytes("value of " + kind));
            assertThat(store().load(instance(1), kind)).containsOnlyKeys("key");
        }
    }

    @Test
    default void returnsEveryByteOfEveryLength() {
        long epoch = store().claim(instance(1));
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] large = new byte[300_000];
        new Random(7).nextBytes(large);

        for (StateKind kind : StateKind.values()) {
            commit(
                    epoch,
                    new Put(kind, "empty", new byte[0]),
                    new Put(kind, "one", new byte[] {0}),
                    new Put(kind, "all", all),
                    new Put(kind, "large", large));
        }

        SessionStore<R> later = reopened();
        for (StateKind kind : StateKind.values()) {
            assertThat(later.find(instance(1), kind, "empty")).hasValue(new byte[0]);
            assertThat(later.find(instance(1), kind, "one")).hasValue(new byte[] {0});
            assertThat(later.load(instance(1), kind).get("all")).isEqualTo(all);
            assertThat(later.load(instance(1), kind).get("large")).isEqualTo(large);
        }
    }

    @Test
    default void keysAreTakenLiterally() {
        long epoch = store().claim(instance(1));
        List<String> keys = List.of("a", "A", "a ", "%", "_", "'", "120363000000000001@g.us", "ключ", "k".repeat(255));
        for (String key : keys) {
            commit(epoch, new Put(StateKind.GROUP, key, bytes(key)));
        }

        assertThat(store().load(instance(1), StateKind.GROUP).keySet()).containsExactlyInAnyOrderElementsOf(keys);
        for (String key : keys) {
            assertThat(store().find(instance(1), StateKind.GROUP, key)).hasValue(bytes(key));
        }
    }

    @Test
    default void readsManyKeysOfManyKindsAtOnceAndOnlyWhatIsThere() {
        long epoch = store().claim(instance(1));
        long other = store().claim(instance(2));
        await(store().commit(instance(2), other, List.of(new Put(StateKind.GROUP, "strange", bytes("3"))), List.of())
                .toCompletableFuture());
        List<Change> changes = new ArrayList<>();
        Map<StateKey, byte[]> expected = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            for (StateKind kind : List.of(StateKind.GROUP, StateKind.PREKEY, StateKind.CREDENTIALS)) {
                changes.add(new Put(kind, "k" + i, bytes(kind + " " + i)));
                expected.put(new StateKey(kind, "k" + i), bytes(kind + " " + i));
            }
        }
        commit(epoch, changes.toArray(Change[]::new));

        List<StateKey> asked = new ArrayList<>(expected.keySet());
        asked.add(new StateKey(StateKind.GROUP, "absent"));
        asked.add(new StateKey(StateKind.GROUP, "strange"));
        asked.add(new StateKey(StateKind.SIGNED_PREKEY, "k1"));
        asked.add(new StateKey(StateKind.GROUP, "k1"));
        Map<StateKey, byte[]> found = store().read(instance(1), asked);

        assertThat(found).hasSameSizeAs(expected);
        expected.forEach((key, value) -> assertThat(found.get(key)).isEqualTo(value));
        assertThat(store().read(instance(1), List.of())).isEmpty();
        assertThat(store().read(instance(1), List.of(new StateKey(StateKind.GROUP, "k7"))))
                .containsOnlyKeys(new StateKey(StateKind.GROUP, "k7"));
    }

    @Test
    default void tellsTheKeysOfOneKindAndOfSeveral() {
        long epoch = store().claim(instance(1));
        long other = store().claim(instance(2));
        await(store().commit(instance(2), other, List.of(new Put(StateKind.GROUP, "strange", bytes("3"))), List.of())
                .toCompletableFuture());
        commit(epoch, new Put(StateKind.GROUP, "a", bytes("1")));
        commit(epoch, new Put(StateKind.GROUP, "b", bytes("2")));
        commit(epoch, new Put(StateKind.GROUP_DOUBT, "b", bytes("")));
        commit(epoch, new Put(StateKind.HISTORY, "c", bytes("")));

        assertThat(store().keys(instance(1), StateKind.GROUP)).containsExactlyInAnyOrder("a", "b");
        assertThat(store().keys(instance(1), Set.of(StateKind.GROUP, StateKind.GROUP_DOUBT, StateKind.APP_STATE_DOUBT)))
                .isEqualTo(Map.of(StateKind.GROUP, Set.of("a", "b"), StateKind.GROUP_DOUBT, Set.of("b")));
        assertThat(store().keys(instance(1), Set.of())).isEmpty();
    }

    @Test
    default void aLaterPutReplaces() {
        long epoch = store().claim(instance(1));
        commit(epoch, new Put(StateKind.GROUP, "g", bytes("old")));
        commit(epoch, new Put(StateKind.GROUP, "g", bytes("new")));

        assertThat(store().find(instance(1), StateKind.GROUP, "g")).hasValue(bytes("new"));
    }

    @Test
    default void changesOfOneCommitApplyInTheirOrder() {
        long epoch = store().claim(instance(1));
        commit(
                epoch,
                new Put(StateKind.GROUP, "a", bytes("1")),
                new Put(StateKind.GROUP, "a", bytes("2")),
                new Put(StateKind.GROUP, "b", bytes("1")),
                new Remove(StateKind.GROUP, "b"),
                new Put(StateKind.PREKEY, "1", bytes("gone")),
                new Clear(StateKind.PREKEY),
                new Put(StateKind.PREKEY, "2", bytes("kept")));

        assertThat(store().find(instance(1), StateKind.GROUP, "a")).hasValue(bytes("2"));
        assertThat(store().find(instance(1), StateKind.GROUP, "b")).isEmpty();
        assertThat(store().load(instance(1), StateKind.PREKEY)).containsOnlyKeys("2");
    }

    @Test
    default void commitsTakeEffectInTheOrderOfTheCalls() {
        long epoch = store().claim(instance(1));
        List<CompletableFuture<Void>> commits = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            List<Change> changes = List.of(
                    new Put(StateKind.GROUP, "last", bytes(Integer.toString(i))),
                    new Remove(StateKind.GROUP, "n" + (i - 1)),
                    new Put(StateKind.GROUP, "n" + i, bytes("here")));
            commits.add(store().commit(instance(1), epoch, changes, List.of()).toCompletableFuture());
        }
        commits.forEach(SessionStoreContract::await);

        assertThat(store().find(instance(1), StateKind.GROUP, "last")).hasValue(bytes("200"));
        assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys("last", "n200");
    }

    @Test
    default void removingWhatIsNotThereDoesNothing() {
        long epoch = store().claim(instance(1));
        commit(epoch, new Put(StateKind.GROUP, "a", bytes("1")));
        commit(epoch, new Remove(StateKind.GROUP, "b"), new Remove(StateKind.PREKEY, "a"));

        assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys("a");
    }

    @Test
    default void clearRemovesOneKindOfOneInstance() {
        long epoch = store().claim(instance(1));
        long other = store().claim(instance(2));
        commit(epoch, new Put(StateKind.GROUP, "a", bytes("1")), new Put(StateKind.CREDENTIALS, "self", bytes("2")));
        await(store().commit(instance(2), other, List.of(new Put(StateKind.GROUP, "a", bytes("3"))), List.of())
                .toCompletableFuture());

        commit(epoch, new Clear(StateKind.GROUP));

        assertThat(store().load(instance(1), StateKind.GROUP)).isEmpty();
        assertThat(store().find(instance(1), StateKind.CREDENTIALS, "self")).hasValue(bytes("2"));
        assertThat(store().find(instance(2), StateKind.GROUP, "a")).hasValue(bytes("3"));
    }

    @Test
    default void anEmptyCommitChangesNothingAndSucceeds() {
        long epoch = store().claim(instance(1));
        commit(epoch, new Put(StateKind.GROUP, "a", bytes("1")));
        commit(epoch);

        assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys("a");
    }

    @Test
    default void anEarlierOwnerChangesNothing() {
        long earlier = store().claim(instance(1));
        commit(earlier, new Put(StateKind.GROUP, "a", bytes("1")));
        long later = store().claim(instance(1));

        CompletableFuture<Void> refused = store().commit(
                        instance(1),
                        earlier,
                        List.of(new Put(StateKind.GROUP, "b", bytes("2")), new Remove(StateKind.GROUP, "a")),
                        List.of())
                .toCompletableFuture();

        assertThatThrownBy(() -> await(refused)).cause().isInstanceOf(StaleEpochException.class);
        assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys("a");
        commit(later, new Put(StateKind.GROUP, "c", bytes("3")));
        assertThat(store().load(instance(1), StateKind.GROUP)).containsOnlyKeys("a", "c");
    }

    @Test
    default void anEpochNeverClaimedIsRefused() {
        long epoch = store().claim(instance(1));

        CompletableFuture<Void> refused = store().commit(
                        instance(1), epoch + 1, List.of(new Put(StateKind.GROUP, "a", bytes("1"))), List.of())
                .toCompletableFuture();

        assertThatThrownBy(() -> await(refused)).cause().isInstanceOf(StaleEpochException.class);
        assertThat(store().load(instance(1), StateKind.GROUP)).isEmpty();
    }

    @Test
    default void claimsOfOneInstanceDoNotConcernOthers() {
        long one = store().claim(instance(1));
        store().claim(instance(2));
        store().claim(instance(2));

        commit(one, new Put(StateKind.GROUP, "a", bytes("1")));

        assertThat(store().find(instance(1), StateKind.GROUP, "a")).hasValue(bytes("1"));
        assertThat(store().load(instance(2), StateKind.GROUP)).isEmpty();
    }

    @Test
    default void aRefusedCommitDoesNotSpoilItsNeighbours() {
        long stale = store().claim(instance(1));
        long epoch = store().claim(instance(1));
        long other = store().claim(instance(2));
        List<CompletableFuture<Void>> good = new ArrayList<>();
        List<CompletableFuture<Void>> bad = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            List<Change> put = List.of(new Put(StateKind.GROUP, "k" + i, bytes("v")));
            good.add(store().commit(instance(1), epoch, put, List.of()).toCompletableFuture());
            bad.add(store().commit(instance(1), stale, List.of(new Clear(StateKind.GROUP)), List.of())
                    .toCompletableFuture());
            good.add(store().commit(instance(2), other, put, List.of()).toCompletableFuture());
        }
        good.forEach(SessionStoreContract::await);

        assertThat(bad)
                .allSatisfy(refused ->
                        assertThatThrownBy(() -> await(refused)).cause().isInstanceOf(StaleEpochException.class));
        assertThat(store().load(instance(1), StateKind.GROUP)).hasSize(50);
        assertThat(store().load(instance(2), StateKind.GROUP)).hasSize(50);
    }

    @Test
    default void whatWasCommittedIsThereForTheNextProcess() {
        long epoch = store().claim(instance(1));
        commit(
                epoch,
                new Put(StateKind.CREDENTIALS, "self", bytes("secret")),
                new Put(StateKind.GROUP, "a", bytes("1")));

        SessionStore<R> later = reopened();
        assertThat(later.find(instance(1), StateKind.CREDENTIALS, "self")).hasValue(bytes("secret"));
        long next = later.claim(instance(1));
        await(later.commit(instance(1), next, List.of(new Remove(StateKind.GROUP, "a")), List.of())
                .toCompletableFuture());
        assertThat(later.load(instance(1), StateKind.GROUP)).isEmpty();
    }

    private void commit(long epoch, Change... changes) {
        await(store().commit(instance(1), epoch, List.of(changes), List.of()).toCompletableFuture());
    }

    private static void await(CompletableFuture<Void> commit) {
        commit.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
