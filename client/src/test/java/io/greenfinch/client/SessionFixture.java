package io.greenfinch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.greenfinch.client.store.UnreliableIntents;
import io.greenfinch.client.store.UnreliableStore;
import io.greenfinch.client.time.SteppedTimers;
import io.greenfinch.protocol.binary.Node;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A fake server, a client on stepped time, and one session between them. */
final class SessionFixture implements AutoCloseable {

    static final long INSTANCE = 7_700_000_001L;

    final SteppedClock clock = SteppedClock.atSomeTime();
    final SteppedTimers timers = new SteppedTimers(clock);
    final FakeServer server;
    final UnreliableStore store = new UnreliableStore();
    final UnreliableIntents intents = new UnreliableIntents(clock);
    final RecordingSink sink = new RecordingSink(store);
    private Client client;
    private Session session;

    SessionFixture() {
        server = new FakeServer(clock);
        client = new Client(settings(), clock, new SecureRandom(), timers);
        session = client.session(INSTANCE, store, intents, sink);
    }

    ClientSettings settings() {
        return ClientSettings.defaults(server.url(), server.authority.rootPublicKey());
    }

    /** What the client has waiting for the store. */
    int depth() {
        return client.depth();
    }

    Session session() {
        return session;
    }

    /** Another process takes over: nothing in memory survives. */
    Session restart() {
        client.close();
        client = new Client(settings(), clock, new SecureRandom(), timers);
        session = client.session(INSTANCE, store, intents, sink);
        session.account().start();
        return session;
    }

    /** The same with other settings. */
    Session restart(ClientSettings settings) {
        client.close();
        client = new Client(settings, clock, new SecureRandom(), timers);
        session = client.session(INSTANCE, store, intents, sink);
        return session;
    }

    /** The same by another clock, to which the timers are as before. */
    void restart(Clock other) {
        client.close();
        client = new Client(settings(), other, new SecureRandom(), timers);
        session = client.session(INSTANCE, store, intents, sink);
        session.account().start();
    }

    /** A deadline far enough away not to matter. */
    Instant soon() {
        return clock.instant().plusSeconds(25);
    }

    /** A deadline before any attempt to connect is given up, however long the machine takes to refuse it. */
    Instant beforeADialIsGivenUp() {
        return clock.instant().plusSeconds(5);
    }

    /** Links the session by QR code and waits until it is online. */
    SessionFixture linked() {
        FakeConnection pairing = scan();
        pairing.send(Node.element("stream:error").attribute("code", 515).build());
        pairing.close();
        awaitOnline();
        return this;
    }

    /** Shows a code, has the phone scan it and waits for the companion's signature. */
    FakeConnection scan() {
        PairingCode.Code code = (PairingCode.Code) session.account().pairingCode(soon());
        FakeConnection connection = server.last();
        connection.send(server.phone.pairSuccess(code.text(), clock.instant()));
        until(() -> connection.received().stream()
                .anyMatch(node -> node.child("pair-device-sign").isPresent()));
        return connection;
    }

    void awaitOnline() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(session.account().status())
                        .as(
                                "status after %s on %s",
                                server.received(),
                                server.connections().stream()
                                        .map(c -> c.payload() + " " + c.closed())
                                        .toList())
                        .matches(SessionStatus::online));
    }

    /** Waits for the first stanza of this kind that the server gets. */
    Node awaitStanza(Predicate<Node> kind) {
        until(() -> server.received().stream().anyMatch(kind));
        return server.received().stream().filter(kind).findFirst().orElseThrow();
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    /** Runs a call that blocks. */
    static <T> CompletableFuture<T> calling(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(call.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
