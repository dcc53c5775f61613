package io.greenfinch.client.stanza;

import io.greenfinch.client.stanza.Operation.Batch;
import io.greenfinch.client.stanza.Operation.Repetition;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The one way in which something is asked of WhatsApp (docs/adr/0009): send, wait for the answer or for what else shows it,
 * judge, find out when nothing is known, repeat after growing waits, until the deadline. Belongs to the caller's thread, which
 * it blocks.
 *
 * @param <S> what the operation is about
 * @param <T> what there is when it was done
 */
public final class Exchange<S, T> {

    /** The first wait before sending again; each further one is twice as long. */
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    /** The request answers itself at its deadline; this is for a session that is busy or gone. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** The one error that proves that nothing was done: the stanza was not understood (specification §26.1). */
    private static final int MALFORMED = 400;

    private final Wire wire;
    private final Operation<S, T> operation;
    private final Instant deadline;
    private final Wakeup wakeup;
    private final BooleanSupplier enough;
    private final Conclusion<S, T> conclusion;
    private final List<Attempt<S, T>> attempts = new ArrayList<>(1);

    /** Somebody waits for a stanza to go out; as a rule it does at once. */
    private volatile boolean linkAwaited;

    private Exchange(
            Wire wire,
            Operation<S, T> operation,
            List<S> subjects,
            Instant deadline,
            Wakeup wakeup,
            BooleanSupplier enough) {
        this.wire = wire;
        this.operation = operation;
        this.deadline = deadline;
        this.wakeup = wakeup;
        this.enough = enough;
        this.conclusion = new Conclusion<>(this, wire, operation, deadline);
        subjects.forEach(subject -> attempts.add(new Attempt<>(subject, wakeup::wake)));
    }

    /** An exchange about these subjects, for which {@link #run} has to be called. */
    public static <S, T> Exchange<S, T> of(Wire wire, Operation<S, T> operation, List<S> subjects, Instant deadline) {
        return new Exchange<>(wire, operation, subjects, deadline, new Wakeup(wire), () -> false);
    }

    /** Does one thing. */
    public static <S, T> Outcome<T> run(Wire wire, Operation<S, T> operation, S subject, Instant deadline) {
        return of(wire, operation, List.of(subject), deadline).run().getFirst();
    }

    /** Asks a question. */
    public static <T> Outcome<T> ask(Wire wire, Node stanza, Question<T> question, Instant deadline) {
        return run(wire, question, stanza, deadline);
    }

    /** Asks a question within this exchange, for no longer than it takes until all of {@code attempts} are proven. */
    public <U> Outcome<U> ask(Node stanza, Question<U> question, List<Attempt<S, T>> about) {
        BooleanSupplier proven = () -> about.stream().allMatch(Attempt::proven);
        return new Exchange<>(wire, question, List.of(stanza), deadline, wakeup, proven)
                .run()
                .getFirst();
    }

    public List<Attempt<S, T>> attempts() {
        return attempts;
    }

    /** Waits for the link; false when it is not there before the deadline. */
    public boolean awaitOnline() {
        return wire.awaitOnline(deadline);
    }

    /** An outcome for each subject, in the order given. */
    public List<Outcome<T>> run() {
        for (List<Attempt<S, T>> open = open(); !open.isEmpty(); open = open()) {
            if (enough.getAsBoolean()) {
                open.forEach(attempt -> attempt.giveUp(Silence.UNKNOWN));
            } else if (waitOut(open)) {
                if (operation.ready(this, open)) {
                    send(open);
                    conclusion.of(open);
                } else {
                    open.forEach(attempt -> attempt.giveUp(Silence.NOT_SENT));
                }
            }
            open.forEach(Attempt::settleAsProven);
        }
        awaitLate();
        return attempts.stream().map(Attempt::outcome).toList();
    }

    /** Before nothing is known for good, an answer that is still under way has all the time there is. */
    private void awaitLate() {
        if (operation.repetition() != Repetition.ONCE) {
            return;
        }
        Outcome<T> nothing = new Outcome.Unknown<>(Silence.UNKNOWN);
        List<Attempt<S, T>> unsure = attempts.stream()
                .filter(attempt -> attempt.awaited() && attempt.outcome().equals(nothing))
                .toList();
        if (!unsure.isEmpty()) {
            wakeup.await(deadline, () -> unsure.stream().allMatch(attempt -> attempt.proven() || !attempt.awaited()));
            unsure.forEach(Attempt::settleAsProven);
        }
    }

    private List<Attempt<S, T>> open() {
        return unsettled(attempts);
    }

    static <S, T> List<Attempt<S, T>> unsettled(List<Attempt<S, T>> some) {
        return some.stream().filter(attempt -> !attempt.settled()).toList();
    }

    /** Waits as the slowest needs; false when some are settled by now, those for whom that is too long among them. */
    private boolean waitOut(List<Attempt<S, T>> open) {
        Instant now = wire.clock().instant();
        Instant until = now;
        for (Attempt<S, T> attempt : open) {
            Duration wait = attempt.takeWait();
            if (wait.isPositive() && !now.plus(wait).isBefore(deadline)) {
                attempt.giveUp(attempt.waitingFor());
            } else if (now.plus(wait).isAfter(until)) {
                until = now.plus(wait);
            }
        }
        if (until.isAfter(now)) {
            List<Attempt<S, T>> waiting = unsettled(open);
            boolean ended = !wakeup.pause(until, () -> proven(waiting))
                    && wire.clock().instant().isBefore(until);
            if (ended) {
                waiting.forEach(attempt -> attempt.giveUp(Silence.NOT_SENT));
            }
        }
        return open.stream().noneMatch(attempt -> attempt.settled() || attempt.proven());
    }

    private boolean proven(List<Attempt<S, T>> some) {
        return enough.getAsBoolean() || some.stream().allMatch(Attempt::proven);
    }

    /** Sends what is open and waits until everything has an answer, or should have one. */
    private void send(List<Attempt<S, T>> open) {
        List<Request> requests = new ArrayList<>(1);
        for (Batch<S, T> batch : operation.batches(open)) {
            Request request = new Request(batch.stanza(), deadline, new Answers(batch.attempts()));
            requests.add(request);
            wire.send(request);
        }
        BooleanSupplier heard = () -> enough.getAsBoolean() || open.stream().allMatch(Attempt::heard);
        Predicate<Request> sent = Request::isSent;
        if (!wakeup.await(answerBy(), heard) && requests.stream().noneMatch(sent)) {
            // The answer has its time from when the link was there.
            linkAwaited = true;
            wakeup.await(
                    deadline.plus(GRACE),
                    () -> heard.getAsBoolean() || requests.stream().anyMatch(sent));
            wakeup.await(answerBy(), heard);
        }
    }

    /**
     * When an answer must have come. Of what changes something it has three fifths of the time left, so that some remains to
     * find out should none come although the connection lives.
     */
    private Instant answerBy() {
        Instant now = wire.clock().instant();
        Duration left = Duration.between(now, deadline);
        return operation.repetition() == Repetition.ONCE && left.isPositive()
                ? now.plus(left.multipliedBy(3).dividedBy(5))
                : deadline.plus(GRACE);
    }

    /** Sees to the answers to one stanza, on the session's thread. */
    private final class Answers implements Request.Observer {

        private final List<Attempt<S, T>> about;
        private final int[] numbers;
        private long reminder;

        Answers(List<Attempt<S, T>> about) {
            this.about = about;
            this.numbers = about.stream().mapToInt(Attempt::begin).toArray();
        }

        @Override
        public void sent() {
            reminder = operation.sent(about);
            if (linkAwaited) {
                wakeup.wake();
            }
        }

        @Override
        public void answered(Answer answer) {
            boolean believed = operation.repetition() != Repetition.ONCE
                    || !(answer instanceof Answer.Refused error)
                    || error.code() == MALFORMED;
            // All first: one that needs state that has to be read makes all of this be done again.
            List<Verdict<T>> verdicts =
                    about.stream().map(attempt -> verdict(attempt, answer)).toList();
            for (int i = 0; i < numbers.length; i++) {
                about.get(i).answered(numbers[i], verdicts.get(i), believed);
            }
        }

        private Verdict<T> verdict(Attempt<S, T> attempt, Answer answer) {
            return switch (answer) {
                case Answer.Result(Node stanza) -> operation.result(attempt, stanza, reminder);
                case Answer.Refused error -> operation.refused(attempt, error, reminder);
                case Answer.Lost lost
                when operation.repetition() == Repetition.FREELY ->
                    new Verdict.Wait<>(Silence.UNKNOWN, Optional.of(Duration.ZERO)); // asking twice does no harm
                case Answer.Lost lost -> new Verdict.Verify<>(0);
                case Answer.Unanswered none -> new Verdict.Verify<>(0);
                case Answer.NotSent none -> new Verdict.Wait<>(Silence.NOT_SENT, Optional.empty());
                case Answer.NotLinked none -> new Verdict.Certain<>(new Outcome.Unknown<>(Silence.NOT_LINKED));
            };
        }
    }
}
