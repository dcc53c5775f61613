package io.greenfinch.client.connection;

import io.greenfinch.client.ClientMetrics;
import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.store.ProcessCache;
import io.greenfinch.client.time.SteadyClock;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.text.Printable;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all sessions of a client have in common. Thread-safe. */
public record ClientContext(
        ClientSettings settings,
        Clock clock,
        SecureRandom random,
        Timers timers,
        Dialer dialer,
        ConnectGate gate,
        ConnectPace pace,
        Reachability reachability,
        ProcessCache cache,
        ClientMetrics metrics,
        Set<String> seen) {

    private static final Logger log = LoggerFactory.getLogger(ClientContext.class);

    /** Things that are logged once and remembered; the server can make up more than we want to log. */
    private static final int MAX_SEEN = 200;

    private static final int MAX_LENGTH = 120;

    public ClientContext(
            ClientSettings settings,
            ClientMetrics metrics,
            Clock clock,
            SecureRandom random,
            Timers timers,
            Dialer dialer) {
        this(
                settings,
                clock,
                random,
                timers,
                dialer,
                new ConnectGate(settings.connectLimit()),
                new ConnectPace(clock, random),
                new Reachability(settings.url(), clock),
                new ProcessCache(),
                metrics,
                ConcurrentHashMap.newKeySet());
    }

    /** The time of day, for what is told or kept; all that lasts is measured by {@link #clock}. */
    public Clock wall() {
        return SteadyClock.wall(clock);
    }

    /** Logs the first stanza of each kind that we can't interpret, without its content. */
    public void stranger(String kind) {
        if (first(kind)) {
            log.info("Stanzas of a kind that means nothing to us: {}", shortened(kind));
        }
    }

    /** True the first time that this is asked in the life of the process, for so many things as are remembered. */
    public boolean first(String what) {
        return seen.size() < MAX_SEEN && seen.add(shortened(what));
    }

    private static String shortened(String text) {
        return Printable.of(text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text);
    }
}
