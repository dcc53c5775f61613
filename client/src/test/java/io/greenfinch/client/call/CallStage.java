package io.greenfinch.client.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.client.ClientContexts;
import io.greenfinch.client.ClientMetrics;
import io.greenfinch.client.SessionEvent;
import io.greenfinch.client.SteppedClock;
import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.group.Person;
import io.greenfinch.client.message.Aliases;
import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.store.SessionState;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A handler of calls of Anna's companion, what it keeps, and what it has told. */
final class CallStage {

    static final Jid ANNA = Jid.lid("900000000000001");
    static final Jid ANNA_PN = Jid.pn("15550001001");
    static final Jid BOB = Jid.lid("900000000000002");
    static final Jid BOB_PN = Jid.pn("15550001002");
    static final Jid CAROL = Jid.lid("900000000000003");
    static final Jid GROUP = Jid.group("120363000000000001");
    static final long START = 1_795_400_000L;

    private static final long INSTANCE = 7;
    private static final Person SELF = new Person(Optional.of(ANNA_PN), Optional.of(ANNA));

    private static final SteppedClock CLOCK = SteppedClock.atSomeTime();
    private static final ClientContext SHARED = ClientContexts.of(CLOCK, new SteppedTimers(CLOCK), ClientMetrics.NONE);

    final List<SessionEvent> told = new ArrayList<>();
    private final InMemorySessionStore<Void> store = new InMemorySessionStore<>();
    private final long epoch = store.claim(INSTANCE);
    private SessionState state = state();

    private SessionState state() {
        return new SessionState(INSTANCE, store, new ProcessCache(), () -> false);
    }

    /** Nothing but what is stored is left. */
    void restart() {
        state = state();
    }

    /** Two names of one person were told, as messages tell them. */
    void learns(Jid name, Jid other) {
        store(List.of(new Change.Put(
                StateKind.ALIAS, Aliases.key(name).key(), other.toString().getBytes(StandardCharsets.UTF_8))));
    }

    private void store(List<Change> changes) {
        state.decided(changes);
        store.commit(INSTANCE, epoch, changes, List.of()).toCompletableFuture().join();
        state.committed(changes);
    }

    /** A stanza comes in; what it changes is stored, and what it says is told. */
    StanzaDecision receives(Node stanza) {
        CallHandler handler = new CallHandler(SHARED, state, SELF::sameAs);
        assertThat(handler.needs(stanza)).hasSizeLessThanOrEqualTo(3);
        StanzaDecision decision = handler.decide(stanza);
        told.addAll(decision.events());
        store(decision.changes());
        return decision;
    }

    /** The same with one element in it. */
    StanzaDecision receives(Jid from, long after, Node.Builder said) {
        return receives(call(from, after).child(said).build());
    }

    static Node.Builder call(Jid from, long after) {
        return Node.element("call")
                .attribute("from", from)
                .attribute("id", "stanza")
                .attribute("t", START + after);
    }

    static Node.Builder said(String tag, Jid creator) {
        return said(tag, creator, "C1");
    }

    static Node.Builder said(String tag, Jid creator, String id) {
        return Node.element(tag).attribute("call-id", id).attribute("call-creator", creator);
    }

    static Node.Builder terminate(Jid creator, String reason) {
        return said("terminate", creator).attribute("reason", reason);
    }

    /** How calls have ended, in order. */
    List<CallEnd> ends() {
        return told.stream()
                .filter(SessionEvent.CallEnded.class::isInstance)
                .map(event -> ((SessionEvent.CallEnded) event).end())
                .toList();
    }

    /** The calls that were offered, in order. */
    List<Call> offered() {
        return told.stream()
                .filter(SessionEvent.CallOffered.class::isInstance)
                .map(event -> ((SessionEvent.CallOffered) event).call())
                .toList();
    }
}
