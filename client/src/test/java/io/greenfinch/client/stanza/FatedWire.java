package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A wire without a network to a service that the test makes up. The test orders what becomes of each request; without an order
 * all goes well. Waiting takes no time. For one thread.
 */
public abstract class FatedWire extends SteppedWire {

    /** What becomes of a request. */
    public enum Fate {
        WELL,
        /** Carried out, and the connection ends before the answer. */
        DONE_AND_LOST,
        LOST,
        DONE_AND_SILENT,
        SILENT,
        DONE_AND_FAILED,
        DONE_AND_LIMITED,
        DONE_AND_FORBIDDEN,
        /** Carried out, and answered when nobody waits for it any more. */
        DONE_AND_LATE,
        FAILED,
        LIMITED,
        FORBIDDEN,
        NOT_SENT;

        private boolean done() {
            return name().startsWith("DONE_");
        }

        /** Any of them. */
        public static Fate any(Random random) {
            return values()[random.nextInt(values().length)];
        }

        /** One for a question: those may fail, but do not lie. */
        public static Fate ofQuery(Random random) {
            List<Fate> all = List.of(WELL, WELL, LOST, SILENT, FAILED, LIMITED, NOT_SENT);
            return all.get(random.nextInt(all.size()));
        }
    }

    public final Deque<Fate> changes = new ArrayDeque<>();
    public final Deque<Fate> queries = new ArrayDeque<>();
    public final List<String> asked = new ArrayList<>();
    private Runnable late = () -> {};

    /** What others do each time that something goes wrong. */
    public Runnable meanwhile = () -> {};

    /** What the service answers to a request when nothing goes wrong. */
    protected abstract Answer carryOut(Node request);

    @Override
    public final void send(Request request) {
        deliverLate();
        Node stanza = request.stanza();
        boolean query = stanza.is("type", "get");
        Fate fate = Optional.ofNullable((query ? queries : changes).poll()).orElse(Fate.WELL);
        if (fate == Fate.NOT_SENT || !clock.instant().isBefore(request.deadline())) {
            request.complete(new Answer.NotSent());
            return;
        }
        asked.add(stanza.children().getFirst().tag());
        request.send();
        Optional<Answer> carriedOut =
                fate == Fate.WELL || fate.done() ? Optional.of(carryOut(stanza)) : Optional.empty();
        if (fate == Fate.WELL) {
            request.complete(carriedOut.orElseThrow());
        } else {
            Optional<Answer> trouble = trouble(fate);
            meanwhile.run();
            trouble.ifPresent(request::complete);
            if (fate == Fate.DONE_AND_LATE) {
                late = () -> request.complete(carriedOut.orElseThrow());
            }
        }
    }

    /** What is late comes when the next request is sent, or while somebody waits for that. */
    private void deliverLate() {
        Runnable now = late;
        late = () -> {};
        now.run();
    }

    private static Optional<Answer> trouble(Fate fate) {
        return switch (fate) {
            case DONE_AND_LOST, LOST -> Optional.of(new Answer.Lost());
            case DONE_AND_SILENT, SILENT, DONE_AND_LATE -> Optional.empty();
            case DONE_AND_FAILED, FAILED -> Optional.of(refused(500));
            case LIMITED, DONE_AND_LIMITED ->
                Optional.of(new Answer.Refused(429, "rate-overlimit", Optional.of(Duration.ofSeconds(3))));
            case FORBIDDEN, DONE_AND_FORBIDDEN -> Optional.of(refused(403));
            case WELL, NOT_SENT -> throw new IllegalArgumentException(fate.name());
        };
    }

    protected static Answer refused(int code) {
        return new Answer.Refused(code, "", Optional.empty());
    }

    protected static Answer result(Node.Builder child) {
        return new Answer.Result(
                Node.element("iq").attribute("type", "result").child(child).build());
    }

    protected static Answer result() {
        return new Answer.Result(Node.element("iq").attribute("type", "result").build());
    }
}
