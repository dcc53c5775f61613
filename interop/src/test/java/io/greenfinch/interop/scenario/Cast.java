package io.greenfinch.interop.scenario;

import io.greenfinch.interop.peer.Peer;
import io.greenfinch.interop.peer.PeerKind;
import io.greenfinch.interop.service.Person;
import io.greenfinch.interop.service.SimulatorAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Four linked clients on one simulator, two of each kind. {@link #close} kills them. */
record Cast(List<Actor> actors) implements AutoCloseable {
    private static final AtomicInteger FENCES = new AtomicInteger();

    /** Links the four, all at the same time. */
    static Cast link(SimulatorAdmin simulator) {
        List<Peer> peers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : List.of("Bella", "Bruno")) {
                peers.add(Peer.start(PeerKind.BAILEYS, name, simulator));
            }
            for (String name : List.of("Wanda", "Walter")) {
                peers.add(Peer.start(PeerKind.WHATSMEOW, name, simulator));
            }
            List<CompletableFuture<Person>> people = peers.stream()
                    .map(peer -> CompletableFuture.supplyAsync(() -> peer.link(simulator), threads))
                    .toList();
            List<Actor> actors = new ArrayList<>();
            for (int i = 0; i < peers.size(); i++) {
                actors.add(new Actor(peers.get(i), people.get(i).join()));
            }
            return new Cast(List.copyOf(actors));
        } catch (RuntimeException | Error e) {
            peers.forEach(Peer::close);
            throw e;
        }
    }

    /** The first of a kind. */
    Actor first(PeerKind kind) {
        return actors.stream()
                .filter(actor -> actor.peer().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** Everybody but these. */
    List<Actor> without(Actor... excluded) {
        return actors.stream()
                .filter(actor -> !List.of(excluded).contains(actor))
                .toList();
    }

    /**
     * Returns after all that the service had sent to everybody before has been seen: what was not seen by then will never be. A new group tells,
     * since each connection gets everything in order.
     */
    void awaitQuiet() {
        Actor creator = actors.getFirst();
        String[] others =
                without(creator).stream().map(actor -> actor.person().pn()).toArray(String[]::new);
        String fence = creator.peer()
                .createGroup("Fence " + FENCES.incrementAndGet(), others)
                .id();
        actors.forEach(actor -> actor.awaitJoined(fence));
    }

    @Override
    public void close() {
        actors.forEach(actor -> actor.peer().close());
    }
}
