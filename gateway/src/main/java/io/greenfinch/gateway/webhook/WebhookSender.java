package io.greenfinch.gateway.webhook;

import io.greenfinch.client.time.Timers;
import io.greenfinch.gateway.address.AddressGuard;
import io.greenfinch.gateway.instance.SettingsBook;
import io.greenfinch.gateway.notification.Outbox;
import io.greenfinch.gateway.work.Rota;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends the notifications of those instances that have a webhook: of each one after the other and in order, of all so many at a
 * time. What a receiver does not take is sent again after a pause, before anything later (green-api.md §6.1). An instance
 * with nothing to send costs nothing. Thread-safe.
 */
public final class WebhookSender implements AutoCloseable {

    /** Instances that are sent for at a time. Each may wait for a receiver that does not answer. */
    private static final int MOST = 1000;

    private final Outbox outbox;
    private final SettingsBook settings;
    private final WebhookClient client;
    private final Rota rota;
    private final Map<Long, Courier> couriers = new ConcurrentHashMap<>();
    private volatile boolean closed;

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
        this.client = new WebhookClient(guard, pace.timeout(), MOST);
        Round round = new Round(outbox, client, this::target, pace, wall, new WebhookMetrics(registry));
        this.rota = new Rota("webhook", MOST, instance -> work(round, instance), timers, clock);
        WebhookMetrics.watch(registry, rota);
    }

    /** Sends from now on, and what has been waiting first; blocks until that is known. */
    public void start() {
        outbox.listen(this::wake);
        outbox.waiting().forEach(this::wake);
    }

    /** Where an instance's notifications go now. */
    private Optional<WebhookTarget> target(long instance) {
        return closed ? Optional.empty() : settings.find(instance).flatMap(WebhookTarget::of);
    }

    /** An instance has something to send, or other settings. Never blocks. */
    private void wake(long instance) {
        Courier courier = couriers.get(instance);
        Optional<WebhookTarget> target = target(instance);
        if (courier == null) {
            target.ifPresent(known -> rota.wake(instance));
            return;
        }
        courier.turn(target)
                .ifPresentOrElse(
                        obsolete -> {
                            obsolete.run();
                            rota.rouse(instance);
                        },
                        () -> rota.wake(instance));
    }

    private Rota.End work(Round round, long instance) {
        Courier courier = couriers.computeIfAbsent(instance, key -> new Courier());
        Rota.End end = round.of(instance, courier);
        if (end instanceof Rota.End.Nothing) {
            couriers.remove(instance);
        }
        return end;
    }

    /** What is under way is given up: it is sent again by the next process. */
    @Override
    public void close() {
        closed = true;
        rota.close();
        couriers.values().forEach(Courier::abort);
        client.close();
    }
}
