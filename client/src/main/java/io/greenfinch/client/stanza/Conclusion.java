package io.greenfinch.client.stanza;

import io.greenfinch.client.stanza.Operation.Repetition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What comes of a round of an {@link Exchange}: what is certain is settled, errors are looked behind, what nobody knows is
 * found out, and what has to be sent again waits for that. Belongs to the caller's thread.
 */
final class Conclusion<S, T> {

    private final Exchange<S, T> exchange;
    private final Wire wire;
    private final Operation<S, T> operation;
    private final Instant deadline;

    Conclusion(Exchange<S, T> exchange, Wire wire, Operation<S, T> operation, Instant deadline) {
        this.exchange = exchange;
        this.wire = wire;
        this.operation = operation;
        this.deadline = deadline;
    }

    /** Takes the verdicts about these, and settles them or plans what is next. */
    void of(List<Attempt<S, T>> open) {
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
        Exchange.unsettled(silent).forEach(Attempt::giveUpAsTold);
        if (!refused.isEmpty()) {
            operation.settleRefused(exchange, refused);
            unsure.addAll(Exchange.unsettled(refused));
        }
        if (!unexplained.isEmpty()) {
            operation.explain(exchange, unexplained);
        }
        unsure.removeIf(Attempt::settled);
        if (!unsure.isEmpty()) {
            verify(unsure);
        }
    }

    /** Errors that end it are looked behind; where there is time to send again, the answer to that tells. */
    private void look(List<Attempt<S, T>> open) {
        Instant now = wire.clock().instant();
        List<Attempt<S, T>> doubted = Exchange.unsettled(open).stream()
                .filter(attempt -> attempt.doubtful() && !attempt.repeatsBefore(deadline, now))
                .toList();
        if (!doubted.isEmpty()) {
            operation.look(exchange, doubted);
            doubted.forEach(Attempt::settleAsProven);
        }
    }

    private void verify(List<Attempt<S, T>> unsure) {
        if (operation.repetition() != Repetition.ONCE) {
            unsure.forEach(attempt -> backOff(attempt, Optional.empty(), Silence.UNKNOWN));
            return;
        }
        operation.verify(exchange, unsure);
        unsure.forEach(Attempt::settleAsProven);
        for (Attempt<S, T> attempt : Exchange.unsettled(unsure)) {
            if (attempt.repeat()) {
                attempt.waitFor(jittered(Exchange.FIRST_WAIT), Silence.UNKNOWN);
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
}
