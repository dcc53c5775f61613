package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.gateway.store.ActiveChats.ActiveChat;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.PastMessageTable.Told;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the phone tells of before, in the journal, on both databases. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class PastMessagesIT {

    private static final long ID = 1_101_000_001L;
    private static final String BOB = "15550001002@c.us";
    private static final String BOBS_LID = "900000000000002@lid";

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final List<String> done = new ArrayList<>();
    private TestDatabase test;

    PastMessagesIT(TestDatabase.Kind kind) {
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
        return new MessageTable(test.database(), test.vault(), clock, Duration.ofDays(30), 100);
    }

    private void live(String id, String chat, Optional<String> other) {
        test.database()
                .writeNow(messages()
                        .add(
                                ID,
                                entry(id, chat, "live", clock.instant()),
                                other,
                                _ -> false,
                                List.of(row("live " + id)))
                        .work());
    }

    private Told past(String id, String chat, Optional<String> other, Duration age) {
        return new Told(entry(id, chat, "past", clock.instant().minus(age)), other, List.of(row("past " + id)));
    }

    private void told(Told... past) {
        test.database()
                .writeNow(
                        new PastMessageTable(messages()).add(ID, List.of(past)).work());
    }

    private static Entry entry(String id, String chat, String body, Instant at) {
        return new Entry(
                id, chat, BOB, false, "textMessage", body.getBytes(StandardCharsets.UTF_8), Optional.empty(), at);
    }

    private Row row(String word) {
        return new Row(handle -> done.add(word));
    }

    private List<String> bodies(String chat) {
        return messages().ofChat(ID, chat, 1000).stream()
                .map(entry -> entry.id() + " " + new String(entry.body(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void whatCameInStaysWhateverIsToldOfIt() {
        live("a", BOB, Optional.of(BOBS_LID));
        live("b", BOBS_LID, Optional.empty());
        told(
                past("a", BOB, Optional.empty(), Duration.ofHours(1)),
                past("b", BOB, Optional.of(BOBS_LID), Duration.ofHours(1)),
                past("c", BOB, Optional.of(BOBS_LID), Duration.ofHours(2)),
                past("c", BOB, Optional.of(BOBS_LID), Duration.ofHours(2)));
        test.reopen();
        assertThat(bodies(BOB)).containsExactly("a live", "c past");
        assertThat(bodies(BOBS_LID)).containsExactly("b live");
        assertThat(done).containsExactly("live a", "live b", "past c");
    }

    @Test
    void whatWasToldGivesWayToWhatComesIn() {
        told(past("a", BOB, Optional.empty(), Duration.ZERO), past("b", BOBS_LID, Optional.empty(), Duration.ZERO));
        live("a", BOB, Optional.of(BOBS_LID));
        live("b", BOB, Optional.of(BOBS_LID));
        live("b", BOB, Optional.of(BOBS_LID));
        assertThat(bodies(BOB)).containsExactly("b live", "a live");
        assertThat(bodies(BOBS_LID)).isEmpty();
        assertThat(done).containsExactly("past a", "past b", "live a", "live b");
    }

    @Test
    void whatWasToldIsAsOldAsItIs() {
        told(
                past("a", BOB, Optional.empty(), Duration.ofDays(1)),
                past("b", BOB, Optional.empty(), Duration.ofDays(1)),
                past("c", BOB, Optional.empty(), Duration.ofDays(29)));
        live("d", BOB, Optional.empty());
        assertThat(bodies(BOB)).containsExactly("d live", "a past", "b past", "c past");
        assertThat(new PastMessageTable(messages()).keeps(clock.instant().minus(Duration.ofDays(30))))
                .isFalse();
        clock.advance(Duration.ofDays(2));
        assertThat(bodies(BOB)).containsExactly("d live", "a past", "b past");
        assertThat(messages().sweep(10)).isEqualTo(1);
    }

    @Test
    void thereIsOnlySoMuchRoomAndThatIsForWhatComesIn() {
        for (int i = 0; i < 40; i++) {
            live("live" + i, BOB, Optional.empty());
        }
        for (int i = 0; i < 100; i++) {
            told(past("past" + i, BOB, Optional.empty(), Duration.ofMinutes(i + 1)));
        }
        assertThat(bodies(BOB)).hasSize(100).contains("past59 past").doesNotContain("past60 past");
        for (int i = 40; i < 128; i++) {
            live("live" + i, BOB, Optional.empty());
        }
        assertThat(bodies(BOB)).hasSize(100).contains("live127 live").doesNotContain("past0 past", "live27 live");
    }

    @Test
    void chatsAreFoundWithTheirLatestMessages() {
        told(
                past("a", "1@c.us", Optional.empty(), Duration.ofDays(3)),
                past("b", "2@c.us", Optional.empty(), Duration.ofDays(1)),
                past("c", "2@c.us", Optional.empty(), Duration.ofDays(2)),
                past("d", MessageTable.STATUSES, Optional.empty(), Duration.ofDays(1)),
                past("e", "3@c.us", Optional.empty(), Duration.ofDays(40)));
        live("f", "4@g.us", Optional.empty());
        ActiveChats chats = new ActiveChats(messages());
        assertThat(chats.of(ID, 10))
                .containsExactly(
                        new ActiveChat("4@g.us", millis(clock.instant())),
                        new ActiveChat("2@c.us", millis(clock.instant().minus(Duration.ofDays(1)))),
                        new ActiveChat("1@c.us", millis(clock.instant().minus(Duration.ofDays(3)))));
        assertThat(chats.of(ID, 1)).hasSize(1);
        assertThat(chats.of(ID + 1, 10)).isEmpty();
        assertThat(chats.received(ID, List.of("1@c.us", "2@c.us", "3@c.us", "x")))
                .hasSize(2)
                .hasEntrySatisfying("2@c.us", entry -> assertThat(entry.id()).isEqualTo("b"));
    }

    private static Instant millis(Instant moment) {
        return Instant.ofEpochMilli(moment.toEpochMilli());
    }

    @Test
    void whatPeopleChoseCountsMoreThanWhatThePhoneCallsThem() {
        ChatNameTable names = new ChatNameTable(test.database(), test.vault());
        named(names, new ChatNameTable.Name("1@c.us", "Phone's", false), new ChatNameTable.Name("2@c.us", "Own", true));
        named(names, new ChatNameTable.Name("1@c.us", "Own", true), new ChatNameTable.Name("2@c.us", "Phone's", false));
        test.reopen();
        names = new ChatNameTable(test.database(), test.vault());
        assertThat(names.of(ID, List.of("1@c.us", "2@c.us", "3@c.us")))
                .isEqualTo(Map.of("1@c.us", "Own", "2@c.us", "Own"));
        assertThat(names.of(ID + 1, List.of("1@c.us"))).isEmpty();
        test.database().writeNow(names.ending(ID).work());
        assertThat(names.of(ID, List.of("1@c.us"))).isEmpty();
    }

    private void named(ChatNameTable names, ChatNameTable.Name... told) {
        test.database().writeNow(names.add(ID, List.of(told)).work());
    }

    @Test
    void progressIsKeptUntilTheLinkEnds() {
        HistoryProgressTable progress = new HistoryProgressTable(test.database());
        assertThat(progress.of(ID)).isZero();
        test.database().writeNow(progress.reached(ID, 30).work());
        test.database().writeNow(progress.reached(ID, 100).work());
        test.reopen();
        progress = new HistoryProgressTable(test.database());
        assertThat(progress.of(ID)).isEqualTo(100);
        test.database().writeNow(progress.ending(ID).work());
        assertThat(progress.of(ID)).isZero();
    }
}
