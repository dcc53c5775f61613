package io.greenfinch.client.connection;

import io.greenfinch.client.ClientSettings;
import io.greenfinch.client.time.Timers;
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
        Set<String> strangers) {

    private static final Logger log = LoggerFactory.getLogger(ClientContext.class);

    /** Kinds of unknown stanzas that are remembered; the server can make up more than we want to log. */
    private static final int MAX_STRANGERS = 200;

    public ClientContext(
            ClientSettings settings, Clock clock, SecureRandom random, Timers timers, Dialer dialer, ConnectGate gate) {
        this(
                settings,
                clock,
                random,
                timers,
                dialer,
                gate,
                new ConnectPace(clock, random),
                ConcurrentHashMap.newKeySet());
    }

    /** Logs the first stanza of each kind that we can't interpret, without its content. */
    public void stranger(String kind) {
        String shortened = kind.length() > 60 ? kind.substring(0, 60) : kind;
        if (strangers.size() < MAX_STRANGERS && strangers.add(shortened)) {
            log.info("Stanzas of a kind that means nothing to us: {}", shortened);
        }
    }
}
