package io.greenfinch.gateway.sending;

import io.greenfinch.gateway.instance.SettingsBook;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When instances may send again: so long after the message before as their settings say, and not while WhatsApp wants a pause.
 * Thread-safe.
 */
final class SendPace {

    private record Kept(Instant sent, Instant until) {}

    private final SettingsBook settings;
    private final Duration least;
    private final Map<Long, Kept> kept = new ConcurrentHashMap<>();

    /** @param least the shortest pause between two messages, whatever the settings say */
    SendPace(SettingsBook settings, Duration least) {
        this.settings = settings;
        this.least = least;
    }

    /** The pause between two messages, as it is set now. */
    Duration pause(long instance) {
        return settings.find(instance)
                .map(current -> Duration.ofMillis(current.number("delaySendMessagesMilliseconds")))
                .filter(set -> set.compareTo(least) > 0)
                .orElse(least);
    }

    /** One of its messages was sent. */
    void sent(long instance, Instant now) {
        kept.merge(instance, new Kept(now, Instant.MIN), (before, sent) -> new Kept(now, before.until));
    }

    /** It sends nothing before. */
    void rest(long instance, Instant until) {
        kept.merge(instance, new Kept(Instant.MIN, until), (before, rest) -> new Kept(before.sent, until));
    }

    /** How long it has to wait still; empty when it may send. */
    Optional<Duration> left(long instance, Instant now) {
        Kept known = kept.get(instance);
        if (known == null) {
            return Optional.empty();
        }
        Instant next = known.sent.equals(Instant.MIN) ? Instant.MIN : known.sent.plus(pause(instance));
        Instant first = next.isAfter(known.until) ? next : known.until;
        if (first.isAfter(now)) {
            return Optional.of(Duration.between(now, first));
        }
        kept.remove(instance, known);
        return Optional.empty();
    }
}
