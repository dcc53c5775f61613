package io.greenfinch.client.stanza;

import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Node;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one session: those that wait for the link, and those that wait for their answer. Ids are never used
 * twice, so that an answer from an earlier connection can't be taken for one from this. Belongs to the session's thread.
 */
public final class Requests {

    /** Waiting for the link and waiting for an answer, each. More than this is a host that does not limit its calls. */
    static final int MAX = 512;

    private final Clock clock;
    private final Timers timers;
    private final Executor owner;
    private final String prefix;
    private final Deque<Request> waiting = new ArrayDeque<>(0);
    private final Map<String, Pending> pending = new HashMap<>();
    private long next = 1;
    private @Nullable Consumer<Node> line;
    private Consumer<Instant> whenAwaited = now -> {};
    private Instant awaitedSince = Instant.MAX;
    private boolean linked;
    private boolean closed;

    private record Pending(Request request, Timers.Timer timer) {}

    /**
     * No requests yet, and no link.
     *
     * @param owner runs a step on the session's thread
     * @param prefix of all ids; differs from run to run
     */
    public Requests(Clock clock, Timers timers, Executor owner, String prefix) {
        this.clock = clock;
        this.timers = timers;
        this.owner = owner;
        this.prefix = prefix;
    }

    /** Sends the request when the session is online, now or later. */
    public void submit(Request request) {
        if (closed) {
            request.complete(new Answer.NotSent());
        } else if (!linked) {
            request.complete(new Answer.NotLinked());
        } else if (!clock.instant().isBefore(request.deadline())) {
            request.complete(new Answer.NotSent());
        } else if (line != null && waiting.isEmpty()) {
            send(request, line);
        } else if (waiting.size() >= MAX) {
            request.complete(new Answer.NotSent());
        } else {
            waiting.add(request);
            timers.at(
                    request.deadline(),
                    () -> owner.execute(() -> {
                        if (waiting.remove(request)) {
                            request.complete(new Answer.NotSent());
                        }
                    }));
        }
    }

    /** Sends the request at once on a line that is not open for others yet. */
    public void send(Request request, Consumer<Node> to) {
        if (pending.size() >= MAX) {
            request.complete(new Answer.NotSent());
            return;
        }
        request.send(); // first: what it needs may have to be read, and then all of this is done again
        String id = request.stanza().attribute("id").orElseGet(this::nextId);
        Timers.Timer timer = timers.at(request.deadline(), () -> owner.execute(() -> expire(id)));
        boolean first = pending.isEmpty();
        pending.put(id, new Pending(request, timer));
        to.accept(request.stanza().toBuilder().attribute("id", id).build());
        if (first) {
            awaitedSince = clock.instant();
            whenAwaited.accept(awaitedSince);
        }
    }

    /** Since when an answer, one or another, is waited for. */
    public Optional<Instant> awaitedSince() {
        return pending.isEmpty() ? Optional.empty() : Optional.of(awaitedSince);
    }

    /** What to do when that begins. */
    public void whenAwaited(Consumer<Instant> begun) {
        whenAwaited = begun;
    }

    /** An id for a stanza of our own. */
    public String nextId() {
        return prefix + next++;
    }

    /** The session is online: requests go this way, first those that waited. */
    public void online(Consumer<Node> to) {
        line = to;
        owner.execute(this::sendWaiting);
    }

    /** A step of its own: what a request needs may have to be read first. */
    private void sendWaiting() {
        while (!waiting.isEmpty() && line != null) {
            send(waiting.element(), line);
            waiting.remove();
        }
    }

    /**
     * Takes an {@code <iq>} of type result or error, or the {@code <ack>} of what we sent otherwise.
     *
     * @return false when it answers nothing that we asked
     */
    public boolean answered(Node stanza) {
        String id = stanza.attribute("id").orElse("");
        Pending found = pending.get(id);
        if (found == null || isIq(stanza) != isIq(found.request().stanza())) {
            return false;
        }
        found.request().complete(Answer.of(stanza));
        pending.remove(id);
        found.timer().cancel();
        return true;
    }

    private static boolean isIq(Node stanza) {
        return stanza.tag().equals("iq");
    }

    /** The connection is gone: what was sent has no answer, what was not waits for the next one. */
    public void offline() {
        line = null;
        List<Pending> lost = new ArrayList<>(pending.values());
        pending.clear();
        for (Pending each : lost) {
            each.timer().cancel();
            each.request().complete(new Answer.Lost());
        }
    }

    /** Whether there is an account. Without one nobody waits for a connection that won't come. */
    public void linked(boolean now) {
        linked = now;
        if (!linked) {
            offline();
            giveUpWaiting(new Answer.NotLinked());
        }
    }

    private void giveUpWaiting(Answer answer) {
        while (!waiting.isEmpty()) {
            waiting.remove().complete(answer);
        }
    }

    /** The session is over. */
    public void close() {
        closed = true;
        offline();
        giveUpWaiting(new Answer.NotSent());
    }

    private void expire(String id) {
        Pending found = pending.remove(id);
        if (found != null) {
            found.request().complete(new Answer.Unanswered());
        }
    }
}
