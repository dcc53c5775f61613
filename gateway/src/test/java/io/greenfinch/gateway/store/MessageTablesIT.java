package io.greenfinch.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.gateway.store.MessageTable.Entry;
import io.greenfinch.gateway.store.SendQueueTable.Item;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The journal and the queue of what is to be sent, on both databases. */
@ParameterizedClass
@EnumSource
@Timeout(120)
class MessageTablesIT {

    private static final long ID = 1_101_000_001L;
    private static final String CHAT = "15550001002@c.us";

    private final TestDatabase.Kind kind;

    @TempDir
    private Path data;

    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final List<String> done = new ArrayList<>();
    private TestDatabase test;

    MessageTablesIT(TestDatabase.Kind kind) {
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

    @Test
    void messagesAreToldTheNewestFirstAndOnceEach() {
        add("a", CHAT, "Bob", false);
        clock.advance(Duration.ofSeconds(1));
        add("b", CHAT, "", true);
        add("b", CHAT, "", true);
        add("a", CHAT, "Carol", false);
        add("a", "other", "Bob", false);
        test.reopen();
        assertThat(messages().ofChat(ID, CHAT, 10)).extracting(Entry::id).containsExactly("a", "b", "a");
        assertThat(messages().ofChat(ID, CHAT, 1)).extracting(Entry::sender).containsExactly("Carol");
        assertThat(messages().ofChat(ID + 1, CHAT, 10)).isEmpty();
        assertThat(messages().find(ID, CHAT, "b")).map(MessageTablesIT::text).hasValue("body of b");
        assertThat(messages().find(ID, "other", "b")).isEmpty();
        assertThat(messages().since(ID, true, clock.instant(), 10))
                .extracting(Entry::id)
                .containsExactly("b");
        assertThat(messages().since(ID, false, clock.instant(), 10)).hasSize(2);
        assertThat(messages().since(ID, false, clock.instant().plusSeconds(1), 10))
                .isEmpty();
        assertThat(done).as("done with each, once").containsExactly("a", "b", "a", "a");
    }

    @Test
    void aStatusGoesForwardOnly() {
        add("a", CHAT, "", true);
        advance("a", Set.of("pending"), "sent");
        advance("a", Set.of("pending"), "failed");
        advance("a", Set.of("pending", "sent"), "read");
        advance("unknown", Set.of("pending"), "sent");
        assertThat(messages().find(ID, CHAT, "a").flatMap(Entry::status)).hasValue("read");
        assertThat(done).containsExactly("a", "sent", "read");
    }

    @Test
    void messagesAreKeptForATimeAndSoManyOfThem() {
        for (int i = 0; i < 300; i++) {
            add("m" + i, CHAT, "Bob", false);
        }
        List<Entry> all = messages().ofChat(ID, CHAT, 1000);
        assertThat(all.size()).isBetween(100, 164);
        assertThat(all.getFirst().id()).isEqualTo("m299");
        clock.advance(Duration.ofDays(30));
        assertThat(messages().ofChat(ID, CHAT, 1000)).isEmpty();
        assertThat(messages().sweep(50)).isEqualTo(50);
        assertThat(messages().sweep(1000)).isEqualTo(all.size() - 50);
    }

    @Test
    void theQueueHasAnOrderAnEndAndADay() {
        assertThat(queue().add(ID, List.of(item("a")), List.of(row("with a")))).isTrue();
        assertThat(queue().add(ID, List.of(item("b")), List.of())).isTrue();
        assertThat(queue().add(ID, List.of(item("c")), List.of())).isTrue();
        assertThat(queue().add(ID, List.of(item("d")), List.of(row("with d"))))
                .as("there is room for three")
                .isFalse();
        assertThat(queue().add(ID + 1, List.of(item("a")), List.of())).isTrue();
        test.reopen();
        assertThat(queue().first(ID, 2)).extracting(Item::id).containsExactly("a", "b");
        assertThat(queue().waiting()).containsExactlyInAnyOrder(ID, ID + 1);
        queue().remove(ID, "a");
        assertThat(queue().add(ID, List.of(item("d")), List.of())).isTrue();
        assertThat(queue().first(ID, 10)).extracting(Item::id).containsExactly("b", "c", "d");
        assertThat(new String(queue().first(ID, 1).getFirst().body(), StandardCharsets.UTF_8))
                .isEqualTo("body of b");
        assertThat(queue().count(ID)).isEqualTo(3);
        assertThat(done).containsExactly("with a");

        assertThat(queue().late(10)).isEmpty();
        clock.advance(SendQueueTable.LIFE);
        assertThat(queue().first(ID, 10)).isEmpty();
        assertThat(queue().count(ID)).isZero();
        List<SendQueueTable.Late> late = queue().late(10);
        assertThat(late).hasSize(4);
        queue().drop(late.getFirst(), List.of(row("too late")));
        queue().drop(late.getFirst(), List.of(row("too late")));
        assertThat(done).containsExactly("with a", "too late");
        assertThat(queue().late(10)).hasSize(3);
    }

    @Test
    void whatIsBehindOthersCanBeTakenAndChanged() {
        queue().add(ID, List.of(item("a"), item("b")), List.of());
        queue().add(ID, List.of(new Item("c", "other", "sendMessage", bytes("body of c"))), List.of());
        assertThat(queue().heads(ID, 10)).extracting(Item::id).containsExactly("a", "c");
        assertThat(queue().heads(ID, 1)).extracting(Item::id).containsExactly("a");
        assertThat(queue().among(ID, Set.of("a", "c", "x"))).containsExactlyInAnyOrder("a", "c");
        queue().remove(ID, "b");
        assertThat(queue().add(ID, List.of(item("d")), List.of()))
                .as("there is room for three, though one lies before a hole")
                .isTrue();
        assertThat(queue().add(ID, List.of(item("e")), List.of())).isFalse();

        queue().rewrite(ID, "a", bytes("another"), List.of(row("changed")));
        queue().rewrite(ID, "b", bytes("another"), List.of(row("not there")));
        assertThat(queue().find(ID, "a").map(item -> new String(item.body(), StandardCharsets.UTF_8)))
                .hasValue("another");
        assertThat(queue().find(ID, "b")).isEmpty();
        assertThat(done).containsExactly("changed");
    }

    /** What is encrypted may have left. */
    @Test
    void whatAnEarlierProcessMadeReadyIsKnown() {
        queue().add(ID, List.of(item("a")), List.of());
        queue().add(ID, List.of(item("b")), List.of());
        DatabaseSessionStore sessions = new DatabaseSessionStore(test.database(), test.vault());
        Change stanza = new Change.Put(StateKind.OUTGOING, "a", new byte[] {1});
        sessions.commit(ID, sessions.claim(ID), List.of(stanza), List.of())
                .toCompletableFuture()
                .join();
        assertThat(queue().ready()).containsExactly(new SendQueueTable.Ready(ID, "a"));
    }

    @Test
    void aQueueIsClearedWithAWordForEach() {
        queue().add(ID, List.of(item("a")), List.of());
        queue().add(ID, List.of(item("b")), List.of());
        queue().add(ID + 1, List.of(item("a")), List.of());
        queue().clear(ID, Set.of(), this::row);
        assertThat(done).containsExactlyInAnyOrder("a", "b");
        assertThat(queue().first(ID, 10)).isEmpty();
        assertThat(queue().count(ID + 1)).isEqualTo(1);
    }

    private void add(String id, String chat, String sender, boolean outgoing) {
        Entry entry = new Entry(
                id,
                chat,
                sender,
                outgoing,
                "textMessage",
                bytes("body of " + id),
                outgoing ? Optional.of("pending") : Optional.empty(),
                clock.instant());
        test.database().writeNow(messages().add(ID, entry, List.of(row(id))).work());
    }

    private void advance(String id, Set<String> before, String status) {
        test.database()
                .writeNow(messages()
                        .advance(ID, id, before, status, entry -> List.of(row(status)))
                        .work());
    }

    private Row row(String word) {
        return new Row(handle -> done.add(word));
    }

    private MessageTable messages() {
        return new MessageTable(test.database(), test.vault(), clock, Duration.ofDays(30), 100);
    }

    private SendQueueTable queue() {
        return new SendQueueTable(test.database(), test.vault(), clock, 3);
    }

    private static Item item(String id) {
        return new Item(id, CHAT, "sendMessage", bytes("body of " + id));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Entry entry) {
        return new String(entry.body(), StandardCharsets.UTF_8);
    }
}
