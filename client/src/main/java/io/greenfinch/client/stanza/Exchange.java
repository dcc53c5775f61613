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
                    conclude(open);
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

    private List<Attempt<S, T>> unsettled(List<Attempt<S, T>> some) {
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

    private void conclude(List<Attempt<S, T>> open) {
        List<Attempt<S, T>> refused = new ArrayList<>(1);
        List<Attempt<S, T>> unexplained = new ArrayList<>(1);
        List<Attempt<S, T>> unsure = new ArrayList<>(1);
        List<Attempt<S, T>> silent = new ArrayList<>(0);
        for (Attempt<S, T> attempt : open) {
            Verdict<T> verdict = attempt.take();
            switch (verdict) {
                case Verdict.Certain<T>(Outcome.Refused<T> told) -> refused.add(attempt);
                case Verdict.Certain<T>(Outcome.Unknown<T> nothing) -> silent.add(attempt);
                case Verdict.Certain<T>(Outcome.Done<T> done) -> attempt.settle(done);
                case Verdict.Wait<T>(Silence why, Optional<Duration> wanted) -> backOff(attempt, wanted, why);
                case Verdict.Explain<T> code -> unexplained.add(attempt);
                case Verdict.Verify<T> code -> unsure.add(attempt);
            }
            attempt.settleAsProven();
        }
        look(open);
        refused.removeIf(Attempt::settled);
        unexplained.removeIf(Attempt::settled);
        unsettled(silent).forEach(Attempt::giveUpAsTold);
        if (!refused.isEmpty()) {
            operation.settleRefused(this, refused);
            unsure.addAll(unsettled(refused));
        }
        if (!unexplained.isEmpty()) {
            operation.explain(this, unexplained);
        }
        unsure.removeIf(Attempt::settled);
        if (!unsure.isEmpty()) {
            verify(unsure);
        }
    }

    /** Errors that end it are looked behind; where there is time to send again, the answer to that tells. */
    private void look(List<Attempt<S, T>> open) {
        Instant now = wire.clock().instant();
        List<Attempt<S, T>> doubted = unsettled(open).stream()
                .filter(attempt -> attempt.doubtful() && !attempt.repeatsBefore(deadline, now))
                .toList();
        if (!doubted.isEmpty()) {
            operation.look(this, doubted);
            doubted.forEach(Attempt::settleAsProven);
        }
    }

    private void verify(List<Attempt<S, T>> unsure) {
        if (operation.repetition() != Repetition.ONCE) {
            unsure.forEach(attempt -> backOff(attempt, Optional.empty(), Silence.UNKNOWN));
            return;
        }
        operation.verify(this, unsure);
        unsure.forEach(Attempt::settleAsProven);
        for (Attempt<S, T> attempt : unsettled(unsure)) {
            if (attempt.repeat()) {
                attempt.waitFor(jittered(FIRST_WAIT), Silence.UNKNOWN);
            } else if (attempt.awaited()) {
                attempt.giveUp(Silence.UNKNOWN);
            } else {
                attempt.settle(operation.inVain(attempt));
            }
        }
    }

    /** The next stanza has to wait: for as long as the server says, else for longer than the last time. */
    private void backOff(Attempt<S, T> attempt, Optional<Duration> wanted, Silence why) {
        if (wanted.filter(Duration::isZero).isPresent()) {
            return;
        }
        attempt.waitFor(jittered(wanted.orElseGet(attempt::nextWait)), why);
    }

    /** Up to a quarter longer, so that not everybody comes again at once; but not beyond the deadline for that. */
    private Duration jittered(Duration wait) {
        long extra = (long) (wait.toNanos() * wire.random().nextDouble() / 4);
        Duration left = Duration.between(wire.clock().instant(), deadline);
        Duration longer = wait.plusNanos(extra);
        return longer.compareTo(left) < 0 ? longer : wait;
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
