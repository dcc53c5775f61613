package io.greenfinch.client;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.connection.Dialer;
import io.greenfinch.client.history.HistoryPlaces;
import io.greenfinch.client.media.MediaServer;
import io.greenfinch.client.session.CompanionSession;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.SessionStore;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.ScheduledTimers;
import io.greenfinch.client.time.Timers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The engine: one per process, for any number of sessions. Holds what they share, which is the network, the timers and
 * the limit on simultaneous connects. Thread-safe.
 *
 * <p>Time is read from the given clock only, which should be a {@link io.greenfinch.client.time.SteadyClock}. Deadlines are
 * moments of that clock; the moments in events are those of its time of day.
 */
public final class Client implements AutoCloseable {

    private final ClientContext shared;
    private final MediaServer media;
    private final HistoryPlaces places = new HistoryPlaces();
    private final @Nullable ScheduledTimers ownTimers;
    private final AtomicBoolean prepared = new AtomicBoolean();
    private final Set<CompanionSession> sessions = ConcurrentHashMap.newKeySet();

    /** A client that counts nothing; see the other one. */
    public Client(ClientSettings settings, Clock clock, SecureRandom random) {
        this(settings, ClientMetrics.NONE, clock, random);
    }

    /**
     * A client ready for use.
     *
     * @param metrics told of what goes on inside
     * @throws IllegalArgumentException when the file with further CAs can't be used
     */
    public Client(ClientSettings settings, ClientMetrics metrics, Clock clock, SecureRandom random) {
        ScheduledTimers timers = new ScheduledTimers(clock);
        this.ownTimers = timers;
        this.shared = shared(settings, metrics, clock, random, timers);
        this.media = new MediaServer(settings);
    }

    /** A client whose timers somebody else steps. */
    Client(ClientSettings settings, Clock clock, SecureRandom random, Timers timers) {
        this.ownTimers = null;
        this.shared = shared(settings, ClientMetrics.NONE, clock, random, timers);
        this.media = new MediaServer(settings);
    }

    private static ClientContext shared(
            ClientSettings settings, ClientMetrics metrics, Clock clock, SecureRandom random, Timers timers) {
        return new ClientContext(settings, metrics, clock, random, timers, new Dialer(settings));
    }

    /**
     * The session of an instance. Becomes the instance's owner and reads its state, which blocks; nothing is connected
     * before {@link AccountLink#start} or {@link AccountLink#pairingCode}.
     *
     * @param instance the host's number for it; one session at a time
     * @param store where its state is
     * @param intents the memory of its leaves
     * @param sink where changes and events go
     * @throws StoreException when the store can't be read or written
     */
    public Session session(long instance, SessionStore<?> store, LeaveIntents intents, EventSink sink) {
        CompanionSession session =
                new CompanionSession(shared, media, places, instance, store, intents, sink, sessions::remove);
        sessions.add(session);
        return session;
    }

    /** Begins, once and on a thread of its own, what the first connection would wait for: certificates and sockets. */
    public void prepare() {
        if (!prepared.getAndSet(true)) {
            shared.dialer().prepare();
        }
    }

    /** What waits in all sessions together for its place in the store. */
    public int depth() {
        return sessions.stream().mapToInt(CompanionSession::depth).sum();
    }

    /** How long the servers of those sessions that are connected have been silent. */
    public List<Duration> silences() {
        Instant now = shared.clock().instant();
        return sessions.stream()
                .flatMap(session -> session.heardAt().stream())
                .map(heard -> Duration.between(heard, now))
                .toList();
    }

    /** Closes all sessions, then the network. */
    @Override
    public void close() {
        List.copyOf(sessions).forEach(CompanionSession::close);
        media.close();
        shared.dialer().close();
        if (ownTimers != null) {
            ownTimers.close();
        }
    }
}
