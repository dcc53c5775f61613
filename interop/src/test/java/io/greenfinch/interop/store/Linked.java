package io.greenfinch.interop.store;

import static org.awaitility.Awaitility.await;

import io.greenfinch.client.Session;
import io.greenfinch.client.message.ChatMessage;
import io.greenfinch.client.message.OutgoingMessage;
import io.greenfinch.client.message.SentMessage;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.interop.service.Engine;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.protocol.proto.Message;
import io.greenfinch.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An account whose companion is an engine on a store in trouble. {@link #close} ends both. */
record Linked(Person account, Engine engine, TroubledStore store) implements AutoCloseable {

    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    static Linked link(Simulator simulator, SimulatorAdmin admin, String name, long seed) {
        Person account = admin.createPerson(name);
        TroubledStore store = new TroubledStore(seed);
        return new Linked(account, Engine.link(simulator, admin, name, store, store.events()), store);
    }

    /** Sends the next text of a talk: once more under the same id for as long as nobody knows what became of it, like a queue. */
    void say(Talk talk) {
        String id = engine.session().messages().newId();
        Message text = Message.newBuilder().setConversation(talk.next()).build();
        await("%s is sent".formatted(talk.next()))
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .until(() -> isSent(new OutgoingMessage(id, talk.chat(), text)));
        talk.took(id);
    }

    private boolean isSent(OutgoingMessage message) {
        Session session = engine.session(); // before the look: what another one has sent is stored by then, or never
        if (engine.hasSent(message.id())) {
            return true;
        }
        Outcome<SentMessage> outcome =
                session.messages().send(message, Instant.now().plus(ATTEMPT));
        if (outcome instanceof Outcome.Refused<SentMessage>) {
            throw new AssertionError(message.id() + " was refused: " + outcome);
        }
        return outcome.done().isPresent();
    }

    /** Another session takes over, as soon as what is stored can be read. */
    void restart() {
        await("another session")
                .atMost(ATTEMPT)
                .ignoreException(StoreException.class)
                .until(() -> {
                    engine.restart();
                    return true;
                });
    }

    /** What it was told, its own sending not included, in order. */
    List<Sight> told() {
        return engine.messages().stream().map(Linked::sight).toList();
    }

    private static Sight sight(ChatMessage message) {
        return new Sight(message.content().map(Engine::text).orElse("unreadable"), message.id());
    }

    @Override
    public void close() {
        engine.close();
        store.close();
    }
}
