package io.greenfinch.gateway.webhook;

import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.store.OutboxTable.Waiting;
import io.greenfinch.gateway.webhook.Attempt.Outcome;
import io.greenfinch.gateway.work.Rota.End;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done for an instance when it is its turn. Thread-safe.
 *
 * @param targets where an instance's notifications go at this moment
 */
record Round(
        Outbox outbox,
        WebhookClient client,
        LongFunction<Optional<WebhookTarget>> targets,
        WebhookPace pace,
        Clock wall,
        WebhookMetrics metrics) {

    private static final Logger log = LoggerFactory.getLogger(Round.class);

    /** Notifications that are sent before another instance has its turn. */
    private static final int LENGTH = 32;

    /** A connection that was closed before shows it within this time. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** Sends what there is, the oldest first, until something is not taken. */
    End of(long instance, Courier courier) {
        for (int sent = 0; sent < LENGTH; sent++) {
            Optional<WebhookTarget> target = targets.apply(instance);
            courier.aim(target);
            Optional<Waiting> first = target.isEmpty() ? Optional.empty() : outbox.first(instance);
            if (first.isEmpty()) {
                if (target.isEmpty() && courier.fresh()) {
                    outbox.forgive(instance); // the next receiver has done nothing wrong
                }
                return new End.Nothing();
            }
            Optional<End> end = deliver(instance, courier, target.orElseThrow(), first.get());
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new End.More();
    }

    private Optional<End> deliver(long instance, Courier courier, WebhookTarget target, Waiting first) {
        boolean taken = courier.hasTaken(first.receipt());
        Duration left = left(first);
        if (!taken && left.isPositive() && !courier.fresh()) {
            return Optional.of(new End.Pause(left));
        }
        Outcome outcome = taken ? new Outcome.Taken() : sent(instance, courier, target, first);
        return switch (outcome) {
            case Outcome.Taken _ -> {
                courier.took(first.receipt());
                outbox.remove(instance, first.receipt());
                if (first.attempts() > 0) {
                    log.info("The webhook of instance {} takes notifications again", instance);
                }
                yield Optional.empty();
            }
            case Outcome.GivenUp _ -> Optional.empty();
            case Outcome.Failed failed -> {
                if (!isCurrent(instance, target)) {
                    yield Optional.empty(); // it was asked the wrong one
                }
                int attempts = first.attempts() + 1;
                outbox.failed(instance, first.receipt(), attempts, failed.why(), pace.pause());
                if (attempts == 1) {
                    log.warn(
                            "The webhook of instance {} did not take a notification ({}); it is sent again every {} s",
                            instance,
                            failed.why(),
                            pace.pause().toSeconds());
                }
                yield Optional.of(new End.Pause(pace.pause()));
            }
        };
    }

    private boolean isCurrent(long instance, WebhookTarget target) {
        return targets.apply(instance).equals(Optional.of(target));
    }

    /** How long the receiver is still to be left alone; never longer than a pause, whatever was done to the time of day. */
    private Duration left(Waiting first) {
        Instant now = wall.instant();
        Duration left =
                first.nextAttempt().map(next -> Duration.between(now, next)).orElse(Duration.ZERO);
        return left.compareTo(pace.pause()) > 0 ? pace.pause() : left;
    }

    /**
     * A connection that the receiver has closed meanwhile is no failure of its own: then there is one more request. Where it ends only
     * after a while, the receiver had the notification.
     */
    private Outcome sent(long instance, Courier courier, WebhookTarget target, Waiting first) {
        long started = System.nanoTime();
        Outcome outcome = once(instance, courier, target, first);
        boolean atOnce = System.nanoTime() - started < AT_ONCE.toNanos();
        return outcome instanceof Outcome.Failed failed && failed.unheard() && atOnce
                ? once(instance, courier, target, first)
                : outcome;
    }

    private Outcome once(long instance, Courier courier, WebhookTarget target, Waiting first) {
        long started = System.nanoTime();
        Attempt attempt = client.post(target, first.eventId(), first.body().orElseThrow());
        courier.waits(attempt);
        if (!isCurrent(instance, target)) {
            attempt.abort(); // it has changed before anybody could know of this attempt
        }
        Outcome outcome = attempt.outcome().join(); // it has a time-out of its own
        courier.heard();
        metrics.ended(outcome, Duration.ofNanos(System.nanoTime() - started));
        return outcome;
    }
}
