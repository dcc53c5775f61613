package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.store.CallTable.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Phone calls in the journal, on both databases. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class CallTableIT {

    private static final long ID = 1_101_000_001L;
    private static final String CAROL = "15550001003@c.us";
    private static final Duration KEPT = Duration.ofDays(30);

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final List<String> done = new ArrayList<>();
    private TestDatabase test;

    CallTableIT(TestDatabase.Kind kind) {
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

    private CallTable calls() {
        return new CallTable(test.database(), clock, KEPT, 100);
    }

    private void run(Row row) {
        test.database().writeNow(handle -> row.work().on(handle));
    }

    private Entry call(String id, boolean outgoing, String status) {
        return new Entry(id, CAROL, outgoing, true, false, status, Duration.ofSeconds(65), clock.instant());
    }

    private void ends(long instance, Entry entry) {
        run(calls().add(instance, entry, List.of(new Row(handle -> done.add(entry.id())))));
    }

    private List<Entry> incoming() {
        return calls().since(ID, false, clock.instant().minusSeconds(60), 1000);
    }

    @Test
    void oneOfEachDirectionIsToldAsItWas() {
        Entry in = call("a", false, "declined");
        Entry out = call("b", true, "pickUp");
        ends(ID, in);
        ends(ID, out);
        test.reopen();
        assertThat(incoming()).containsExactly(in);
        assertThat(calls().since(ID, true, clock.instant(), 10)).containsExactly(out);
        assertThat(calls().since(ID, true, clock.instant().plusSeconds(1), 10)).isEmpty();
        assertThat(calls().since(ID + 1, false, clock.instant(), 10)).isEmpty();
    }

    @Test
    void anEndThatComesAgainIsNoNews() {
        ends(ID, call("a", false, "pickUp"));
        ends(ID, call("a", false, "declined"));
        ends(ID + 1, call("a", false, "declined"));
        assertThat(incoming()).extracting(Entry::status).containsExactly("pickUp");
        assertThat(done).containsExactly("a", "a");
    }

    @Test
    void theNewestComeFirstAndOfManyTheOldestGo() {
        for (int i = 0; i < 300; i++) {
            ends(ID, call("c" + i, false, "declined"));
        }
        List<Entry> all = incoming();
        assertThat(all.size()).isBetween(100, 164);
        assertThat(all)
                .extracting(Entry::id)
                .containsExactlyElementsOf(IntStream.range(0, all.size())
                        .mapToObj(i -> "c" + (299 - i))
                        .toList());
        assertThat(calls().since(ID, false, clock.instant(), 2)).hasSize(2);
    }

    @Test
    void theyGoWithTheInstanceAndWithTime() {
        ends(ID, call("a", false, "declined"));
        run(calls().ending(ID + 1));
        assertThat(incoming()).hasSize(1);
        clock.advance(KEPT.minusSeconds(1));
        assertThat(calls().sweep(10)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(calls().since(ID, false, clock.instant().minus(KEPT), 10))
                .as("not told any more")
                .isEmpty();
        assertThat(calls().sweep(10)).isOne();
        ends(ID, call("b", false, "declined"));
        run(calls().ending(ID));
        assertThat(incoming()).isEmpty();
    }
}
