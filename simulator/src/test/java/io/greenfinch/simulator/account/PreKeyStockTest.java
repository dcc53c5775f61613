package io.greenfinch.simulator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreKeyStockTest {

    private final PreKeyStock stock = new PreKeyStock();

    private static PublicPreKey key(int id, int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return new PublicPreKey(id, bytes);
    }

    private static List<PublicPreKey> keys(int first, int count) {
        List<PublicPreKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(key(first + i, i));
        }
        return keys;
    }

    private int takenId() {
        return stock.take().map(PublicPreKey::id).orElse(-1);
    }

    @Test
    void handsOutEachKeyOnceOldestFirst() {
        stock.add(keys(1, 812));
        for (int i = 1; i <= 812; i++) {
            assertThat(takenId()).isEqualTo(i);
        }
        assertThat(stock.take()).isEmpty();
    }

    @Test
    void takesNewKeysAfterSomeWereHandedOut() {
        stock.add(keys(1, 10));
        takenId();
        takenId();
        stock.add(keys(0xFFFF00, 50));
        assertThat(stock.size()).isEqualTo(58);
        assertThat(stock.keys().getLast().id()).isEqualTo(0xFFFF31);
        assertThat(takenId()).isEqualTo(3);
    }

    @Test
    void replacesAKeyWithTheSameId() {
        stock.add(keys(1, 3));
        stock.add(List.of(key(2, 99)));
        assertThat(stock.size()).isEqualTo(3);
        takenId();
        assertThat(stock.take().orElseThrow().key()).isEqualTo(key(2, 99).key());
    }

    @Test
    void comesBackFromBytes() {
        stock.add(keys(1, 5));
        takenId();
        PreKeyStock again = PreKeyStock.ofBytes(stock.toBytes());
        assertThat(again.keys()).extracting(PublicPreKey::id).containsExactly(2, 3, 4, 5);
        assertThatThrownBy(() -> PreKeyStock.ofBytes(new byte[7])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCopyStaysWhatItWas() {
        stock.add(keys(1, 5));
        PreKeyStock copy = stock.copy();
        takenId();
        stock.add(keys(6, 2));
        stock.add(List.of(key(2, 99)));
        assertThat(copy.keys()).extracting(PublicPreKey::id).containsExactly(1, 2, 3, 4, 5);
        assertThat(copy.keys().get(1).key()).isEqualTo(key(2, 1).key());
        assertThat(stock.size()).isEqualTo(6);
    }
}
