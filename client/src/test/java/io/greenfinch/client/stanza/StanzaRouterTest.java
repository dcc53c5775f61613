package io.greenfinch.client.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.greenfinch.client.ClientContexts;
import io.greenfinch.client.ClientMetrics;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKey;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.MalformedStanzaException;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.binary.NodeDecoder;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of stanzas: a failure is contained in its stanza (specification §15.4). Runs on one thread. */
final class StanzaRouterTest {

    private static final StateKey KEY = new StateKey(StateKind.GROUP, "120363000000000001@g.us");

    private final List<Node> sent = new ArrayList<>();
    private final List<Integer> nacks = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final ClientContext context = ClientContexts.of(clock, new SteppedTimers(clock), new ClientMetrics() {
        @Override
        public void nacked(int error) {
            nacks.add(error);
        }
    });
    private final InMemorySessionStore<Object> store = new InMemorySessionStore<>();
    private final long epoch = store.claim(1);
    private final EventSink sink =
            (instance, owner, changes, events) -> store.commit(instance, owner, changes, List.of());
    private final SessionState state = new SessionState(1, store, new ProcessCache(), () -> true);
    private final Intake intake = new Intake(1, epoch, sink, context, Runnable::run, state, () -> {}, failures::add);
    private final OrderedSteps steps = new OrderedSteps(context, state, Runnable::run, failures::add);
    private int queued;
    private final StanzaRouter router =
            new StanzaRouter(context, intake, steps, Runnable::run, sent::add, () -> queued++);

    static List<Throwable> failures() {
        return List.of(
                new IllegalStateException("a text that nobody may log"),
                new StackOverflowError(),
                new AssertionError("a bug"),
                new UncheckedIOException(new InvalidProtocolBufferException("cut off")),
                new MalformedStanzaException("not a number"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aHandlerThatThrowsCostsItsStanzaAndNothingElse(Throwable failure) {
        router.on("notification", "bad", stanza -> {
                    throw sneaky(failure);
                })
                .on("notification", stanza -> StanzaDecision.nothing().change(put((byte) 1)));
        received(notification("n1", "bad").attribute("offline", "1"));
        received(notification("n2", "good").attribute("offline", "1"));

        int code =
                failure instanceof MalformedStanzaException ? 487 : failure instanceof UncheckedIOException ? 491 : 500;
        assertThat(sent).extracting(ack -> ack.attribute("id").orElse("")).containsExactly("n1", "n2");
        assertThat(sent.getFirst().is("error", Integer.toString(code))).isTrue();
        assertThat(sent.getFirst().is("class", "notification")).isTrue();
        assertThat(sent.getLast().has("error")).isFalse();
        assertThat(nacks).containsExactly(code);
        assertThat(queued).as("both had waited for us").isEqualTo(2);
        assertThat(failures).isEmpty();
        assertThat(store.read(1, List.of(KEY))).containsKey(KEY);
    }

    @Test
    void aHandlerThatThrowsAfterDecidingHalfLeavesMemoryAsItWas() {
        List<String> effects = new ArrayList<>();
        router.on("notification", stanza -> {
            StanzaDecision half = StanzaDecision.nothing().change(put((byte) 1)).effect(() -> effects.add("seen"));
            if (half.changes().size() == 1) {
                throw new IllegalStateException("half way");
            }
            return half;
        });
        received(notification("n1", "any"));

        assertThat(effects).isEmpty();
        assertThat(state.missing(List.of(KEY))).as("not known in memory").containsExactly(KEY);
        assertThat(store.read(1, List.of(KEY))).isEmpty();
    }

    @Test
    void whatNoStoreTakesIsTheFaultOfItsStanza() {
        router.on(
                        "notification",
                        "bad",
                        stanza -> StanzaDecision.nothing()
                                .change(new Change.Put(StateKind.GROUP, "k".repeat(Change.MAX_KEY + 1), new byte[1])))
                .on("notification", stanza -> StanzaDecision.nothing().change(put((byte) 1)));
        received(notification("n1", "bad"));
        received(notification("n2", "good"));

        assertThat(nacks).containsExactly(500);
        assertThat(failures).isEmpty();
        assertThat(store.read(1, List.of(KEY))).containsKey(KEY);
    }

    @Test
    void anEffectThatThrowsSpoilsNeitherItsStanzaNorTheNext() {
        router.on(
                "notification",
                stanza -> StanzaDecision.nothing().change(put((byte) 1)).effect(() -> {
                    throw new IllegalStateException("beside the point");
                }));
        received(notification("n1", "any"));
        received(notification("n2", "any"));

        assertThat(sent).hasSize(2).noneMatch(ack -> ack.has("error"));
        assertThat(failures).isEmpty();
    }

    @Test
    void whatIsDoneFirstIsAwaitedBeforeTheAnswer() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        List<String> after = new ArrayList<>();
        router.on(
                "notification",
                stanza -> StanzaDecision.nothing().after(() -> first).then(() -> after.add("then")));
        received(notification("n1", "any"));
        assertThat(sent).isEmpty();

        first.complete(null);
        assertThat(sent).hasSize(1);
        assertThat(after).containsExactly("then");
    }

    @Test
    void aStanzaThatCanNotBeReadIsRefusedIfItsHeadCan() {
        router.unreadable(
                unreadable(notification("n1", "any").attribute("offline", "1").build()));
        intake.flush();

        assertThat(sent).singleElement().satisfies(ack -> {
            assertThat(ack.is("id", "n1")).isTrue();
            assertThat(ack.is("error", "487")).isTrue();
        });
        assertThat(queued).isEqualTo(1);
    }

    @Test
    void oneWhoseHeadCanNotBeReadIsPassedOverAsOftenAsItComes() {
        for (int i = 0; i < 3; i++) {
            router.unreadable(new MalformedStanzaException("nothing of it"));
            router.unreadable(unreadable(
                    Node.element("notification").attribute("from", Jid.SERVER).build()));
            router.unreadable(unreadable(Node.element("ib")
                    .attribute("id", "1")
                    .attribute("from", Jid.SERVER)
                    .build()));
        }
        intake.flush();
        assertThat(sent).isEmpty();
        assertThat(nacks).isEmpty();
    }

    @Test
    void whatNobodyKnowsIsNotAnswered() {
        received(Node.element("surprise").attribute("id", "1"));
        assertThat(sent).isEmpty();
    }

    private void received(Node.Builder stanza) {
        router.received(stanza.build());
        intake.flush();
    }

    private static Node.Builder notification(String id, String type) {
        return Node.element("notification")
                .attribute("from", Jid.SERVER)
                .attribute("type", type)
                .attribute("id", id);
    }

    private static Change put(byte value) {
        return new Change.Put(KEY.kind(), KEY.key(), new byte[] {value});
    }

    /** What the decoder throws for this stanza when its content is cut off. */
    private static MalformedStanzaException unreadable(Node head) {
        Node whole = head.toBuilder().child(Node.empty("content")).build();
        byte[] bytes = io.greenfinch.protocol.binary.NodeEncoder.encode(whole);
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 1);
        try {
            NodeDecoder.decode(cut);
        } catch (MalformedStanzaException e) {
            return e;
        }
        throw new AssertionError("a stanza without its end was read");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
        throw (T) failure;
    }
}
