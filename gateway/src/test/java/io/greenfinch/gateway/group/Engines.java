package io.greenfinch.gateway.group;

import static org.awaitility.Awaitility.await;

import io.greenfinch.client.Client;
import io.greenfinch.client.EventSink;
import io.greenfinch.client.PairingCode;
import io.greenfinch.client.Session;
import io.greenfinch.client.store.InMemoryLeaveIntents;
import io.greenfinch.client.store.InMemorySessionStore;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.gateway.SimulatedWorld;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Sessions without a gateway around them, linked to people of a simulated WhatsApp. For one thread. */
final class Engines implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimulatedWorld world;
    private final SessionStore<Object> store = new InMemorySessionStore<>();
    private final Client client;
    private long linked;

    Engines(SimulatedWorld world) {
        this.world = world;
        client = new Client(world.clientSettings(), Clock.systemUTC(), new SecureRandom());
    }

    /** A session of this person that is online. */
    Session link(String person) {
        Session session = client.session(++linked, store, new InMemoryLeaveIntents(Clock.systemUTC()), sink());
        if (session.account().pairingCode(Instant.now().plus(PATIENCE)) instanceof PairingCode.Code code) {
            world.scan(person, code.text());
        }
        await().atMost(PATIENCE).until(() -> session.account().status().online());
        return session;
    }

    private EventSink sink() {
        return (instance, epoch, changes, events) -> store.commit(instance, epoch, changes, List.of());
    }

    /** Closes the sessions too. */
    @Override
    public void close() {
        client.close();
    }
}
