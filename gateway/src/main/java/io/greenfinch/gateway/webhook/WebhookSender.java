package io.greenfinch.gateway.webhook;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.address.AddressGuard;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.webhook.Courier.At;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notifications of those instances that have a webhook: of each one after the other and in order, of all so many at a
 * time. What a receiver does not take is sent again after a pause, before anything later (green-api.md §6.1). An instance
 * with nothing to send costs nothing. Thread-safe.
 */
public final class WebhookSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

    /** Instances that are sent for at a time. Each may wait for a receiver that does not answer. */
    static final int MOST = 1000;

    /** How long a database in trouble is left alone. */
    private static final Duration STORE_PAUSE = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final SettingsBook settings;
    private final Timers timers;
    private final Clock clock;
    private final WebhookClient client;
    private final Round round;
    private final Map<Long, Courier> couriers = new HashMap<>();
    private final Deque<Courier> ready = new ArrayDeque<>();
    private int running;
    private boolean closed;

    /**
     * A sender that sends nothing before {@link #start}.
     *
     * @param clock the timers' own
     * @param wall the time of day
     */
    public WebhookSender(
            Outbox outbox,
            SettingsBook settings,
            AddressGuard guard,
            WebhookPace pace,
            Timers timers,
            Clock clock,
            Clock wall,
            MeterRegistry registry) {
        this.outbox = outbox;
        this.settings = settings;
        this.timers = timers;
        this.clock = clock;
        this.client = new WebhookClient(guard, pace.timeout(), MOST);
        this.round = new Round(this, outbox, client, pace, wall, new WebhookMetrics(registry, this));
    }

    /** Sends from now on, and what has been waiting first; blocks until that is known. */
    public void start() {
        outbox.listen(this::wake);
        outbox.waiting().forEach(this::wake);
    }

    synchronized int running() {
        return running;
    }

    /** Where an instance's notifications go now. */
    Optional<WebhookTarget> target(long instance) {
        return settings.find(instance).flatMap(WebhookTarget::of);
    }

    /** An instance has something to send, or other settings. Never blocks. */
    private void wake(long instance) {
        Optional<WebhookTarget> target = target(instance);
        Attempt obsolete = woken(instance, target);
        if (obsolete != null) {
            obsolete.abort();
        }
    }

    private synchronized @Nullable Attempt woken(long instance, Optional<WebhookTarget> target) {
        Courier courier = couriers.get(instance);
        Attempt obsolete = null;
        if (closed || (courier == null && target.isEmpty())) {
            return null;
        }
        if (courier == null) {
            courier = new Courier(instance);
            couriers.put(instance, courier);
            ready.add(courier);
        } else if (courier.at == At.RUNNING) {
            courier.more = true;
            obsolete = target.equals(courier.target) ? null : courier.attempt;
        } else if (courier.at == At.PAUSED && !target.equals(courier.target)) {
            courier.fresh = true;
            resume(courier);
        }
        dispatch();
        return obsolete;
    }

    private synchronized void rested(Courier courier) {
        if (courier.at == At.PAUSED && !closed) {
            resume(courier);
            dispatch();
        }
    }

    private void resume(Courier courier) {
        if (courier.alarm != null) {
            courier.alarm.cancel();
        }
        courier.at = At.READY;
        ready.add(courier);
    }

    private void dispatch() {
        while (running < MOST && !ready.isEmpty()) {
            Courier next = Objects.requireNonNull(ready.poll());
            next.at = At.RUNNING;
            running++;
            Thread.ofVirtual().name("webhook-" + next.instance).start(() -> run(next));
        }
    }

    private void run(Courier courier) {
        Round.End end;
        try {
            end = round.of(courier);
        } catch (StoreException e) {
            log.warn("Notifications of instance {} wait for the database: {}", courier.instance, e.getMessage());
            end = new Round.End.Pause(STORE_PAUSE);
        } catch (RuntimeException e) {
            log.error("Notifications of instance {} could not be sent", courier.instance, e);
            end = new Round.End.Pause(WebhookPace.DOCUMENTED.pause());
        }
        finished(courier, end);
    }

    private synchronized void finished(Courier courier, Round.End end) {
        running--;
        courier.attempt = null;
        if (closed) {
            return;
        }
        switch (end) {
            case Round.End.More more -> resume(courier);
            case Round.End.Nothing nothing -> {
                if (courier.more) {
                    resume(courier);
                } else {
                    couriers.remove(courier.instance);
                }
            }
            case Round.End.Pause pause -> {
                courier.at = At.PAUSED;
                courier.alarm = timers.at(clock.instant().plus(pause.time()), () -> rested(courier));
                if (!target(courier.instance).equals(courier.target)) {
                    courier.fresh = true;
                    resume(courier);
                }
            }
        }
        dispatch();
    }

    /** Where a courier is going now; what changes from now on makes it look again. */
    synchronized Optional<WebhookTarget> aim(Courier courier) {
        courier.more = false;
        courier.target = closed ? Optional.empty() : target(courier.instance);
        return courier.target;
    }

    /** Whether it need not wait for the pause after a failure of its last receiver. */
    synchronized boolean fresh(Courier courier) {
        return courier.fresh;
    }

    /** It waits for an answer now; false when its target is another one already. */
    synchronized boolean waits(Courier courier, Attempt attempt) {
        courier.attempt = attempt;
        courier.fresh = false;
        return !closed && target(courier.instance).equals(courier.target);
    }

    /** What is under way is given up: it is sent again by the next process. */
    @Override
    public void close() {
        stopped().forEach(Attempt::abort);
        client.close();
    }

    private synchronized List<Attempt> stopped() {
        closed = true;
        List<Attempt> underWay = new ArrayList<>();
        for (Courier courier : couriers.values()) {
            if (courier.alarm != null) {
                courier.alarm.cancel();
            }
            if (courier.attempt != null) {
                underWay.add(courier.attempt);
            }
        }
        ready.clear();
        return underWay;
    }
}
