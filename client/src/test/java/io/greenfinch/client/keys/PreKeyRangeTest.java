package io.greenfinch.client.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.Account;
import io.greenfinch.client.store.Change;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.curve.PreKey;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Prekeys for those who ask push out none of those that the server hands out. */
class PreKeyRangeTest {

    private final SecureRandom random = new SecureRandom();
    private final Set<String> stored = new HashSet<>();

    @Test
    void howeverManyAskWhatWasUploadedStays() {
        Account account = new Account(new Jid("15550001001", 1, Jid.USERS, 0), Optional.empty(), "");
        Credentials own = Credentials.first(DeviceKeys.generate(random), account, new byte[0], "");
        apply(StoredKeys.add(PreKey.batch(own.preKeys().uploaded(), 50, random)));
        for (int i = 0; i < 2 * StoredKeys.KEPT; i++) {
            FreshPreKey fresh = FreshPreKey.next(own, random);
            own = fresh.after();
            apply(fresh.changes());
        }
        assertThat(stored)
                .containsAll(
                        IntStream.rangeClosed(1, 50).mapToObj(Integer::toString).toList());
        assertThat(stored).hasSize(50 + StoredKeys.KEPT);
        assertThat(own.preKeys().uploaded()).isEqualTo(1);
    }

    @Test
    void eachRangeBeginsAnewAfterItsEnd() {
        for (PreKeyRange range : List.of(PreKeyRange.UPLOADED, PreKeyRange.RETRY)) {
            assertThat(range.after(range.last(), 1)).isEqualTo(range.first());
            assertThat(range.before(range.first(), 1)).isEqualTo(range.last());
            assertThat(range.before(range.after(range.last() - 3, 2000), 2000)).isEqualTo(range.last() - 3);
            assertThat(range.in(range.last())).isEqualTo(range.last());
        }
        assertThat(PreKeyRange.RETRY.in(0)).isEqualTo(PreKeyRange.RETRY.first());
        assertThat(PreKeyRange.UPLOADED.in(PreKey.MAX_ID)).isEqualTo(1);
    }

    private void apply(List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Put put -> stored.add(put.key());
                case Change.Remove remove -> stored.remove(remove.key());
                case Change.Clear clear -> stored.clear();
            }
        }
        stored.remove(Credentials.KEY);
    }
}
