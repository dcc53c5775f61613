package io.greenfinch.gateway.webhook;

import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.store.OutboxTable.Waiting;
import io.greenfinch.gateway.webhook.Attempt.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a courier does when it is its turn. Thread-safe; runs on the courier's own thread. */
record Round(
        WebhookSender sender,
        Outbox outbox,
        WebhookClient client,
        WebhookPace pace,
        Clock wall,
        WebhookMetrics metrics) {

    private static final Logger log = LoggerFactory.getLogger(Round.class);

    /** Notifications that are sent before another instance has its turn. */
    private static final int LENGTH = 32;

    /** How a round ends. */
    sealed interface End {

        /** There may be more to send. */
        record More() implements End {}

        /** There is nothing to send, or nowhere to. */
        record Nothing() implements End {}

        /** The receiver did not take something. */
        record Pause(Duration time) implements End {}
    }

    /** Sends what there is, the oldest first, until something is not taken. */
    End of(Courier courier) {
        for (int sent = 0; sent < LENGTH; sent++) {
            Optional<WebhookTarget> target = sender.aim(courier);
            Optional<Waiting> first = target.isEmpty() ? Optional.empty() : outbox.first(courier.instance);
            if (first.isEmpty()) {
                if (target.isEmpty() && sender.fresh(courier)) {
                    outbox.forgive(courier.instance); // the next receiver has done nothing wrong
                }
                return new End.Nothing();
            }
            Optional<End> end = deliver(courier, target.orElseThrow(), first.get());
            if (end.isPresent()) {
                return end.get();
            }
        }
        return new End.More();
    }

    private Optional<End> deliver(Courier courier, WebhookTarget target, Waiting first) {
        Duration left = left(first);
        if (first.receipt() != courier.taken && left.isPositive() && !sender.fresh(courier)) {
            return Optional.of(new End.Pause(left));
        }
        Outcome outcome = first.receipt() == courier.taken ? new Outcome.Taken() : sent(courier, target, first);
        return switch (outcome) {
            case Outcome.Taken taken -> {
                // Should it not be removed now, it need not be sent again for that.
                courier.taken = first.receipt();
                outbox.remove(courier.instance, first.receipt());
                if (first.attempts() > 0) {
                    log.info("The webhook of instance {} takes notifications again", courier.instance);
                }
                yield Optional.empty();
            }
            case Outcome.GivenUp givenUp -> Optional.empty();
            case Outcome.Failed failed -> {
                if (!sender.target(courier.instance).equals(Optional.of(target))) {
                    yield Optional.empty(); // it was asked the wrong one
                }
                int attempts = first.attempts() + 1;
                outbox.failed(courier.instance, first.receipt(), attempts, failed.why(), pace.pause());
                if (attempts == 1) {
                    log.warn(
                            "The webhook of instance {} did not take a notification ({}); it is sent again every {} s",
                            courier.instance,
                            failed.why(),
                            pace.pause().toSeconds());
                }
                yield Optional.of(new End.Pause(pace.pause()));
            }
        };
    }

    /** How long the receiver is still to be left alone; never longer than a pause, whatever was done to the time of day. */
    private Duration left(Waiting first) {
        Instant now = wall.instant();
        Duration left =
                first.nextAttempt().map(next -> Duration.between(now, next)).orElse(Duration.ZERO);
        return left.compareTo(pace.pause()) > 0 ? pace.pause() : left;
    }

    /** A connection that the receiver has closed meanwhile is no failure of its own: then there is one more request. */
    private Outcome sent(Courier courier, WebhookTarget target, Waiting first) {
        Outcome outcome = once(courier, target, first);
        return outcome instanceof Outcome.Failed failed && failed.unheard() ? once(courier, target, first) : outcome;
    }

    private Outcome once(Courier courier, WebhookTarget target, Waiting first) {
        long started = System.nanoTime();
        Attempt attempt = client.post(target, first.eventId(), first.body().orElseThrow());
        if (!sender.waits(courier, attempt)) {
            attempt.abort();
        }
        Outcome outcome = attempt.outcome().join(); // it has a time-out of its own
        metrics.ended(outcome, Duration.ofNanos(System.nanoTime() - started));
        return outcome;
    }
}
