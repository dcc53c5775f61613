package io.greenfinch.gateway.sending;

import io.greenfinch.client.Session;
import io.greenfinch.client.message.Messages.Composing;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Jid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shows for a time in a chat that something is typed, or spoken (specification §24). Thread-safe; never blocks. */
final class Typing {

    private record Shown(long instance, Jid chat) {}

    private final Timers timers;
    private final Clock clock;
    private final Map<Shown, Instant> ends = new ConcurrentHashMap<>();

    /** @param clock the timers' own */
    Typing(Timers timers, Clock clock) {
        this.timers = timers;
        this.clock = clock;
    }

    /** Shows it from now on, for so long; what was shown there before ends with it. */
    void show(long instance, Session session, Jid chat, Composing what, Duration time) {
        Shown shown = new Shown(instance, chat);
        Instant end = clock.instant().plus(time);
        ends.put(shown, end);
        session.messages().composing(chat, what);
        timers.at(end, () -> {
            if (ends.remove(shown, end)) {
                session.messages().composing(chat, Composing.NOTHING);
            }
        });
    }
}
