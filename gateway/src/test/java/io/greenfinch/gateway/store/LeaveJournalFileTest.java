package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.LeaveIntents.Intent;
import io.greenfinch.protocol.binary.Jid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal makes of files that a crash, a full disk or a bad one left behind. */
class LeaveJournalFileTest {

    private static final long INSTANCE = 1_101_000_001L;
    private static final int INTENTS = 20;

    private final SteppedClock clock = SteppedClock.atSomeTime();

    @TempDir
    private Path data;

    private DataFolder folder;

    @BeforeEach
    void lock() {
        folder = DataFolder.open(data);
    }

    @AfterEach
    void unlock() {
        folder.close();
    }

    @Test
    void aTailTornAtAnyByteCostsAtMostTheLastRecord() throws IOException {
        byte[] whole = written();
        int lastLine = lastLineStart(whole);

        for (int cut = lastLine; cut <= whole.length; cut++) {
            Files.write(folder.leaveJournal(), Arrays.copyOf(whole, cut));
            try (LeaveJournal journal = LeaveJournal.open(folder, clock)) {
                for (int i = 0; i < INTENTS - 1; i++) {
                    assertThat(journal.find(INSTANCE, group(i)))
                            .as("cut at %d", cut)
                            .hasValue(intent(i));
                }
                Optional<Intent> last = journal.find(INSTANCE, group(INTENTS - 1));
                assertThat(last.isPresent()).as("cut at %d", cut).isEqualTo(cut >= whole.length - 1);
            }
        }
    }

    @Test
    void whatIsRecordedAfterATornTailIsKept() throws IOException {
        byte[] whole = written();
        Files.write(folder.leaveJournal(), Arrays.copyOf(whole, whole.length - 5));

        try (LeaveJournal journal = LeaveJournal.open(folder, clock)) {
            journal.record(INSTANCE, intent(500));
        }

        try (LeaveJournal journal = LeaveJournal.open(folder, clock)) {
            assertThat(journal.find(INSTANCE, group(500))).hasValue(intent(500));
            assertThat(journal.find(INSTANCE, group(0))).hasValue(intent(0));
        }
    }

    @Test
    void damageAnywhereNeverInventsAnIntentAndCostsOnlyItsOwnLine() throws IOException {
        byte[] whole = written();
        Random random = new Random(20261123);

        for (int round = 0; round < 300; round++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] = (byte) (damaged[at] ^ (1 + random.nextInt(255)));
            Files.write(folder.leaveJournal(), damaged);
            try (LeaveJournal journal = LeaveJournal.open(folder, clock)) {
                int found = 0;
                for (int i = 0; i < INTENTS; i++) {
                    Optional<Intent> intent = journal.find(INSTANCE, group(i));
                    intent.ifPresent(known -> assertThat(known.at()).isEqualTo(clock.instant()));
                    found += intent.isPresent() ? 1 : 0;
                }
                // A damaged line end joins two lines.
                assertThat(found).as("byte %d", at).isBetween(INTENTS - 2, INTENTS);
            }
        }
    }

    @Test
    void anyBytesCanBeOpened() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            Files.write(folder.leaveJournal(), bytes);
            LeaveJournal.open(folder, clock).close();
        }
        assertThat(Files.size(folder.leaveJournal())).isZero();
    }

    @Test
    void openingLeavesOutWhatIsForgottenOrOld() throws IOException {
        try (LeaveJournal journal = LeaveJournal.open(folder, clock)) {
            journal.record(INSTANCE, intent(1));
            journal.record(INSTANCE, intent(2));
            journal.forget(INSTANCE, group(1));
        }
        LeaveJournal.open(folder, clock).close();
        assertThat(Files.readAllLines(folder.leaveJournal())).hasSize(1);

        clock.advance(LeaveJournal.KEPT);
        LeaveJournal.open(folder, clock).close();
        assertThat(Files.readAllLines(folder.leaveJournal())).isEmpty();
    }

    @Test
    void aLineOfAnotherKindIsLeftAlone() throws IOException {
        Files.writeString(
                folder.leaveJournal(), "hello\n\n00000000 open 1 admin 2 x@g.us\n", StandardOpenOption.CREATE);
        try (LeaveJournal journal = LeaveJournal.open(folder, clock)) {
            assertThat(journal.find(1, Jid.group("x"))).isEmpty();
        }
    }

    private byte[] written() throws IOException {
        Files.deleteIfExists(folder.leaveJournal());
        try (LeaveJournal journal = LeaveJournal.open(folder, clock)) {
            for (int i = 0; i < INTENTS; i++) {
                journal.record(INSTANCE, intent(i));
            }
        }
        return Files.readAllBytes(folder.leaveJournal());
    }

    private static int lastLineStart(byte[] lines) {
        String text = new String(lines, StandardCharsets.UTF_8);
        return text.lastIndexOf('\n', text.length() - 2) + 1;
    }

    private Intent intent(int number) {
        return new Intent(group(number), number % 2 == 0, clock.instant());
    }

    private static Jid group(int number) {
        return Jid.group("12036300000000" + (1000 + number));
    }
}
