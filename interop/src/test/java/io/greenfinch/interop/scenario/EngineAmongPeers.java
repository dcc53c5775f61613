package io.greenfinch.interop.scenario;

import static org.awaitility.Awaitility.await;

import io.greenfinch.interop.peer.PeerEvent.Message;
import io.greenfinch.interop.service.Engine;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.simulator.Simulator;
import io.greenfinch.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two engines linked to Anna's account, both kinds of third-party clients, and Simon, who has only a phone, on one simulator. {@link #close}
 * ends them all.
 */
record EngineAmongPeers(
        Simulator simulator, SimulatorAdmin admin, Person anna, Person simon, Engine engine, Engine second, Cast cast)
        implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    static EngineAmongPeers link() {
        Simulator simulator = Simulator.start(SimulatorSettings.defaults());
        SimulatorAdmin admin = new SimulatorAdmin(simulator.adminUrl());
        return new EngineAmongPeers(
                simulator,
                admin,
                admin.createPerson("Anna"),
                admin.createPerson("Simon"),
                Engine.link(simulator, admin, "Anna"),
                Engine.link(simulator, admin, "Anna"),
                Cast.link(admin));
    }

    static Jid jid(String text) {
        return Jid.parse(text).orElseThrow();
    }

    /** Waits until a client has read this. */
    static Message awaitText(Actor reader, String text) {
        return reader.peer().await(Message.class, event -> event.text().equals(text));
    }

    /** Waits until somebody's phone shows this. */
    void awaitSeen(String person, String text) {
        await("%s's phone shows %s".formatted(person, text)).atMost(DEADLINE).until(() -> admin.sees(person, text));
    }

    /** A group of all, made on Anna's phone. */
    String group(String subject, String mode) {
        String[] members = Stream.concat(
                        cast.actors().stream().map(actor -> actor.person().phone()), Stream.of(simon.phone()))
                .toArray(String[]::new);
        String group = admin.createGroup(subject, mode, anna.phone(), members);
        cast.actors().forEach(actor -> actor.awaitJoined(group));
        engine.awaitGroup(jid(group));
        return group;
    }

    /** Somebody leaves on their phone; returns when the engine knows. */
    void leave(String group, Person who) {
        admin.act(group, who.name(), "leave", Map.of());
        await("the engine knows that %s has left".formatted(who.name()))
                .atMost(DEADLINE)
                .until(() -> engine.session().groups().cached(jid(group)).orElseThrow().participants().stream()
                        .noneMatch(participant -> participant.person().is(jid(who.lid()))));
    }

    @Override
    public void close() {
        cast.close();
        engine.close();
        second.close();
        simulator.close();
    }
}
