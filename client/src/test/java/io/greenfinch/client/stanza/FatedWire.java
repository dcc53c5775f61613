package io.greenfinch.client.stanza;

import io.greenfinch.client.SteppedClock;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
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
public abstract class FatedWire implements Wire {

    /** What becomes of a request. */
    public enum Fate {
        WELL,
        /** Carried out, and the connection ends before the answer. */
        DONE_AND_LOST,
        LOST,
        DONE_AND_SILENT,
        SILENT,
        DONE_AND_FAILED,
        FAILED,
        LIMITED,
        FORBIDDEN,
        NOT_SENT;

        private boolean done() {
            return this == DONE_AND_LOST || this == DONE_AND_SILENT || this == DONE_AND_FAILED;
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

    public final SteppedClock clock = SteppedClock.atSomeTime();
    public final Deque<Fate> changes = new ArrayDeque<>();
    public final Deque<Fate> queries = new ArrayDeque<>();
    public final List<String> asked = new ArrayList<>();
    public final List<Duration> pauses = new ArrayList<>();

    /** What others do each time that something goes wrong. */
    public Runnable meanwhile = () -> {};

    /** What the service answers to a request when nothing goes wrong. */
    protected abstract Answer carryOut(Node request);

    @Override
    public final Answer ask(Node request, Instant deadline, Exchange exchange) {
        boolean query = request.is("type", "get");
        Fate fate = Optional.ofNullable((query ? queries : changes).poll()).orElse(Fate.WELL);
        if (fate == Fate.NOT_SENT || !clock.instant().isBefore(deadline)) {
            clock.set(deadline.isAfter(clock.instant()) ? deadline : clock.instant());
            return new Answer.NotSent();
        }
        asked.add(request.children().getFirst().tag());
        exchange.sent();
        Optional<Answer> carriedOut =
                fate == Fate.WELL || fate.done() ? Optional.of(carryOut(request)) : Optional.empty();
        Answer answer;
        if (fate == Fate.WELL) {
            answer = carriedOut.orElseThrow();
        } else {
            answer = trouble(fate, deadline);
            meanwhile.run();
        }
        exchange.answered(answer);
        return answer;
    }

    private Answer trouble(Fate fate, Instant deadline) {
        return switch (fate) {
            case DONE_AND_LOST, LOST -> new Answer.Lost();
            case DONE_AND_SILENT, SILENT -> {
                clock.set(deadline);
                yield new Answer.Unanswered();
            }
            case DONE_AND_FAILED, FAILED -> refused(500);
            case LIMITED -> new Answer.Refused(429, "rate-overlimit", Optional.of(Duration.ofSeconds(3)));
            case FORBIDDEN -> refused(403);
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

    @Override
    public boolean awaitOnline(Instant deadline) {
        return true;
    }

    @Override
    public boolean pause(Instant until) {
        pauses.add(Duration.between(clock.instant(), until));
        clock.set(until);
        return true;
    }
}
