package io.greenfinch.client.stanza;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.greenfinch.protocol.binary.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps that wait for state, and what is stored of them. The test is the session's thread. */
@Timeout(30)
final class OrderedStepsTest {

    private static final StateKey SESSION = new StateKey(StateKind.SESSION, "15550001002@s.whatsapp.net");

    private final BlockingQueue<Runnable> thread = new LinkedBlockingQueue<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final SteppedClock clock = SteppedClock.atSomeTime();
    private final ClientContext context = ClientContexts.of(clock, new SteppedTimers(clock), new ClientMetrics() {});
    private final InMemorySessionStore<Object> store = new InMemorySessionStore<>();
    private final long epoch = store.claim(1);
    private final EventSink sink =
            (instance, owner, changes, events) -> store.commit(instance, owner, changes, List.of());
    private final Thread self = Thread.currentThread();
    private final SessionState state =
            new SessionState(1, store, new ProcessCache(), () -> Thread.currentThread() == self);
    private final Intake intake = new Intake(1, epoch, sink, context, thread::add, state, () -> {}, failures::add);
    private final OrderedSteps steps = new OrderedSteps(context, state, thread::add, failures::add);

    private String stored() {
        return new String(store.read(1, List.of(SESSION)).get(SESSION), StandardCharsets.UTF_8);
    }

    private Change with(String more) {
        String before = new String(state.find(SESSION).orElseThrow(), StandardCharsets.UTF_8);
        return new Change.Put(SESSION.kind(), SESSION.key(), (before + more).getBytes(StandardCharsets.UTF_8));
    }

    /** A message is sent while its session is still being read, and another one comes in meanwhile: both are steps of one ratchet. */
    @Test
    void whatIsDecidedLaterIsStoredLater() throws InterruptedException {
        store.commit(
                1,
                epoch,
                List.of(new Change.Put(SESSION.kind(), SESSION.key(), "new".getBytes(StandardCharsets.UTF_8))),
                List.of());
        StanzaRouter router = new StanzaRouter(context, intake, steps, thread::add, sent -> {}, () -> {})
                .on("message", stanza -> StanzaDecision.nothing().change(with(", received")));

        steps.run(List.of(SESSION), () -> intake.add(List.of(with(", sent")), List.of()));
        router.received(Node.element("message")
                .attribute("id", "m1")
                .attribute("from", "15550001002@s.whatsapp.net")
                .build());
        while (!stored().endsWith("received")) {
            Runnable next = thread.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a step").isNotNull();
            next.run();
            intake.flush();
        }

        assertThat(stored()).isEqualTo("new, sent, received");
        assertThat(failures).isEmpty();
    }
}
