package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.StatusReceiptTable.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Status updates in the journal and who has seen them, on both databases. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class StatusReceiptTableIT {

    private static final long ID = 1_101_000_001L;
    private static final String CAROL = "15550001003@c.us";
    private static final Duration KEPT = Duration.ofDays(30);

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private TestDatabase test;

    StatusReceiptTableIT(TestDatabase.Kind kind) {
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

    private MessageTable messages() {
        return new MessageTable(test.database(), test.vault(), clock, KEPT, 100);
    }

    private StatusReceiptTable receipts() {
        return new StatusReceiptTable(test.database(), clock, KEPT);
    }

    private void run(Row row) {
        test.database().writeNow(handle -> row.work().on(handle));
    }

    private void posted(String id, String chat, boolean own) {
        byte[] body = id.getBytes(StandardCharsets.UTF_8);
        Entry entry =
                new Entry(id, chat, own ? "" : CAROL, own, "textMessage", body, Optional.empty(), clock.instant());
        run(messages().add(ID, entry, List.of()));
    }

    private void tells(String id, String person, String status) {
        run(receipts().add(ID, id, new Receipt(person, status, clock.instant()), "delivered"));
    }

    @Test
    void whoHasSeenOneDoesNotUnseeIt() {
        posted("a", MessageTable.STATUSES, true);
        tells("a", CAROL, "delivered");
        tells("a", CAROL, "read");
        clock.advance(Duration.ofSeconds(1));
        tells("a", CAROL, "delivered");
        tells("a", CAROL, "read");
        tells("a", "15550001002@c.us", "delivered");
        test.reopen();
        assertThat(receipts().of(ID, "a"))
                .containsExactly(
                        new Receipt(CAROL, "read", clock.instant().minusSeconds(1)),
                        new Receipt("15550001002@c.us", "delivered", clock.instant()));
    }

    @Test
    void onlyStatusUpdatesOfOursAreSeen() {
        posted("theirs", MessageTable.STATUSES, false);
        posted("message", CAROL, true);
        List.of("theirs", "message", "nothing").forEach(id -> tells(id, CAROL, "read"));
        assertThat(receipts().of(ID, "theirs")).isEmpty();
        assertThat(receipts().of(ID, "message")).isEmpty();
        assertThat(receipts().of(ID, "nothing")).isEmpty();
    }

    @Test
    void theyGoWithTheInstanceAndWithTime() {
        posted("a", MessageTable.STATUSES, true);
        tells("a", CAROL, "read");
        run(receipts().ending(ID + 1));
        assertThat(receipts().of(ID, "a")).hasSize(1);
        clock.advance(KEPT.minusSeconds(1));
        assertThat(receipts().sweep(10)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(receipts().sweep(10)).isOne();
        posted("b", MessageTable.STATUSES, true);
        tells("b", CAROL, "read");
        run(receipts().ending(ID));
        assertThat(receipts().of(ID, "b")).isEmpty();
    }

    @Test
    void theyStandApartFromMessages() {
        posted("own", MessageTable.STATUSES, true);
        posted("theirs", MessageTable.STATUSES, false);
        posted("message", CAROL, false);
        assertThat(messages().statuses(ID, true, clock.instant(), 10))
                .extracting(Entry::id)
                .containsExactly("own");
        assertThat(messages().statuses(ID, false, clock.instant(), 10))
                .extracting(Entry::id)
                .containsExactly("theirs");
        assertThat(messages().since(ID, false, clock.instant(), 10))
                .extracting(Entry::id)
                .containsExactly("message");
        assertThat(messages().since(ID, true, clock.instant(), 10)).isEmpty();
        assertThat(new ActiveChats(messages()).of(ID, 10)).hasSize(1);
    }

    @Test
    void theyAreForThoseToWhomSomethingWasWritten() {
        posted("theirs", CAROL, false);
        posted("group", "7@g.us", true);
        posted("own", MessageTable.STATUSES, true);
        assertThat(messages().writtenTo(ID, 10)).isEmpty();
        posted("to Bob", "15550001002@c.us", true);
        clock.advance(Duration.ofSeconds(1));
        posted("to Carol", CAROL, true);
        posted("to Carol again", CAROL, true);
        assertThat(messages().writtenTo(ID, 10)).containsExactly(CAROL, "15550001002@c.us");
        assertThat(messages().writtenTo(ID, 2)).containsExactly(CAROL);
    }
}
