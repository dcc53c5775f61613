package io.greenfinch.client.connection;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.MalformedStanzaException;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.noise.InitiatorHandshake;
import io.greenfinch.protocol.noise.ResumingHandshake;
import io.greenfinch.protocol.noise.ServerKey;
import io.greenfinch.protocol.pairing.ClientHelloPayload;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The session's way to the server: at most one connection, made when its turn comes, watched while it lasts. Whether and
 * when to make the next one is not decided here. Belongs to the session's thread.
 */
public final class Link implements Connection.Listener {

    /** From the first byte of the handshake to the answer to our introduction. */
    private static final Duration ESTABLISHING = Duration.ofSeconds(30);

    /** The same where somebody waits to be linked, who is to learn soon that nothing answers. */
    private static final Duration GREETING = Duration.ofSeconds(10);

    /** What comes over the link, on the session's thread. */
    public interface Listener {

        void received(Node stanza);

        /** A stanza that can't be read. */
        void unreadable(MalformedStanzaException failure);

        /** What is known about the way to the server has changed. */
        void route(Route changed);

        /** The connection broke, or could not be made. */
        void ended(DisconnectCause cause);
    }

    private final ClientContext shared;
    private final SessionExecutor owner;
    private final Listener listener;
    private final Supplier<Optional<Instant>> asked;
    private Route route = Route.UNKNOWN;
    private boolean resuming;
    private boolean secured;
    private @Nullable Connection connection;
    private ConnectGate.@Nullable Permit permit;
    private final NextStep next;
    private @Nullable Liveness liveness;
    private boolean paused;
    private @Nullable Consumer<Node> pings;
    private Instant nextLook = Instant.MAX;

    /**
     * A link without a connection.
     *
     * @param asked since when a request waits for its answer
     */
    public Link(ClientContext shared, SessionExecutor owner, Listener listener, Supplier<Optional<Instant>> asked) {
        this.shared = shared;
        this.owner = owner;
        this.listener = listener;
        this.asked = asked;
        this.next = new NextStep(shared, owner);
    }

    /** Makes a connection to a server of which nothing is known. */
    public void connect(KeyPair noiseKey, ClientHelloPayload introduction) {
        connect(noiseKey, introduction, Route.UNKNOWN, GREETING);
    }

    /** Makes a connection when the limit allows it; an earlier one must have ended. */
    public void connect(KeyPair noiseKey, ClientHelloPayload introduction, Route known) {
        connect(noiseKey, introduction, known, ESTABLISHING);
    }

    private void connect(KeyPair noiseKey, ClientHelloPayload introduction, Route known, Duration patience) {
        next.cancel();
        ConnectGate.Permit[] mine = new ConnectGate.Permit[1];
        mine[0] = shared.gate()
                .ask(() -> owner.execute(() -> {
                    if (permit == mine[0] && connection == null) {
                        dial(noiseKey, introduction, known, patience);
                    }
                }));
        permit = mine[0];
    }

    /** Somebody waits for the connection: when it is not its turn yet, it is the next one's. */
    void hurry() {
        if (permit != null) {
            permit.hurry();
        }
    }

    /** Makes the introduction later. At most one thing is put off like this; it is forgotten when the link ends. */
    public void later(Duration wait, Runnable step) {
        next.plan(shared.clock().instant().plus(wait), step);
    }

    private void dial(KeyPair noiseKey, ClientHelloPayload introduction, Route known, Duration patience) {
        Instant now = shared.wall().instant();
        byte[] root = shared.settings().rootKey();
        byte[] payload = introduction.encode();
        Optional<ServerKey> server = known.resumable(root, now);
        Greeting greeting = server.isPresent()
                ? new Greeting.Resumed(new ResumingHandshake(noiseKey, server.get(), now, shared.random()), payload)
                : new Greeting.Full(new InitiatorHandshake(noiseKey, root, now, shared.random()), payload);
        route = known;
        resuming = server.isPresent();
        secured = false;
        Connection made = new Connection(owner, this, greeting, known.routing());
        connection = made;
        next.plan(shared.clock().instant().plus(patience), made::giveUp);
        shared.dialer().dial(made);
    }

    /** The server took our introduction: others may connect, and from now on silence means something. */
    public void established(Consumer<Node> ping) {
        releasePermit();
        next.cancel();
        pings = ping;
        liveness = new Liveness(
                shared.settings().pingAfter(),
                shared.settings().pingTimeout(),
                shared.clock().instant());
        look();
    }

    private void look() {
        if (liveness == null || connection == null || paused) {
            return;
        }
        switch (liveness.look(shared.clock().instant(), asked.get())) {
            case Liveness.Step.Wait wait -> lookAt(wait.until());
            case Liveness.Step.Ping ping -> {
                if (pings != null) {
                    pings.accept(Node.element("iq")
                            .attribute("to", Jid.SERVER)
                            .attribute("type", "get")
                            .attribute("xmlns", "w:p")
                            .child(Node.empty("ping"))
                            .build());
                }
                lookAt(ping.until());
            }
            case Liveness.Step.Cut cut -> ended(connection, DisconnectCause.KEEPALIVE_TIMEOUT, true);
        }
    }

    private void lookAt(Instant when) {
        nextLook = when;
        next.plan(when, this::look);
    }

    /** A request begins to wait for its answer: silence means something sooner. */
    public void awaited(Instant now) {
        if (liveness != null && !paused && nextLook.isAfter(now.plus(Liveness.WHILE_WAITING))) {
            next.cancel();
            look();
        }
    }

    /** Sends on the present connection, and on no later one. */
    public Consumer<Node> line() {
        Connection present = connection;
        return present == null ? stanza -> {} : present::send;
    }

    public void flush() {
        if (connection != null) {
            connection.flush();
        }
    }

    /** Takes in nothing more for a while; what then waits for us is no silence of the other side. */
    public void pause() {
        if (connection != null && !paused) {
            paused = true;
            connection.pause();
        }
    }

    /** Goes on after {@link #pause}. */
    public void resume() {
        if (connection != null && paused) {
            paused = false;
            connection.resume();
            heard();
            look();
        }
    }

    /** When something came in last; empty while there is no connection on which silence means anything. */
    public Optional<Instant> heardAt() {
        return liveness == null ? Optional.empty() : Optional.of(liveness.heardAt());
    }

    public boolean connected() {
        return connection != null;
    }

    /** Ends whatever is there or under way; the listener is not told. */
    public void end() {
        Connection present = connection;
        forget();
        if (present != null) {
            present.close();
        }
    }

    @Override
    public void heard() {
        if (liveness != null) {
            liveness.heard(shared.clock().instant());
        }
    }

    @Override
    public void received(Node stanza) {
        listener.received(stanza);
    }

    @Override
    public void unreadable(MalformedStanzaException failure) {
        listener.unreadable(failure);
    }

    @Override
    public void secured(ServerKey server) {
        secured = true;
        shared.reachability().reached();
        if (!route.server().equals(Optional.of(server))) {
            learn(route.with(server));
        }
    }

    @Override
    public void ended(Connection ended, DisconnectCause cause, boolean greeted) {
        if (ended == connection) {
            boolean answered = permit == null;
            if (!secured && cause.unreachable()) {
                shared.reachability().failed(cause, ended.reason());
            }
            forget();
            ended.drop();
            if (greeted && !answered) {
                failed();
            }
            listener.ended(cause);
        }
    }

    /** The server got our greeting and did not answer: whatever we thought to know of it is not to be relied on. */
    private void failed() {
        Route left = route.withoutRouting();
        if (resuming && !secured) {
            left = left.withoutServer(shared.wall().instant());
        }
        if (!left.equals(route)) {
            learn(left);
        }
    }

    private void learn(Route changed) {
        route = changed;
        listener.route(changed);
    }

    private void forget() {
        connection = null;
        paused = false;
        liveness = null;
        nextLook = Instant.MAX;
        pings = null;
        next.cancel();
        releasePermit();
    }

    private void releasePermit() {
        if (permit != null) {
            permit.release();
            permit = null;
        }
    }
}
