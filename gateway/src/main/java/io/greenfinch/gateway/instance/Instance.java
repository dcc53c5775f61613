package io.greenfinch.gateway.instance;

import io.greenfinch.client.DisconnectCause;
import io.greenfinch.client.Session;
import io.greenfinch.client.SessionStatus;
import io.greenfinch.client.store.UnreadableStateException;
import io.greenfinch.gateway.store.StoredInstance;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One instance while the gateway runs. Thread-safe. A living one always has a session, a deleted one never.
 */
public final class Instance {

    private final long id;
    private final String name;
    private final Instant created;
    private volatile CompletionStage<?> undecided = CompletableFuture.completedFuture(null);
    private volatile byte[] fingerprint;
    private volatile @Nullable InstanceSettings settings;
    private volatile @Nullable Session session;
    private volatile @Nullable Instant deleted;

    Instance(StoredInstance stored, Optional<Session> session) {
        this.id = stored.id();
        this.name = stored.name();
        this.created = stored.created();
        this.fingerprint = stored.fingerprint();
        this.settings = settings(stored).orElse(null);
        this.session = session.orElse(null);
        this.deleted = stored.deleted().orElse(null);
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Instant created() {
        return created;
    }

    /** What is stored of its settings; empty when that is damaged. */
    static Optional<InstanceSettings> settings(StoredInstance stored) {
        return stored.settings().flatMap(InstanceSettings::ofStored);
    }

    /**
     * Its settings.
     *
     * @throws UnreadableStateException when what is stored of them is damaged
     */
    public InstanceSettings settings() {
        InstanceSettings known = settings;
        if (known == null) {
            throw new UnreadableStateException("the settings of instance " + id + " are damaged");
        }
        return known;
    }

    byte[] fingerprint() {
        return fingerprint;
    }

    /** When it was deleted; empty while it lives. */
    public Optional<Instant> deleted() {
        return Optional.ofNullable(deleted);
    }

    /** Its session; empty once it is deleted, and while what is stored of it can't be read. */
    public Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    /** Its session, while an account is linked. */
    public Optional<Session> linkedSession() {
        return session().filter(open -> open.account().status().linked());
    }

    /** What getStateInstance says of it at {@code now}; neither a deleted nor a damaged one is authorized. */
    public InstanceState state(Instant now) {
        return session()
                .map(open -> InstanceState.of(open.account().status(), now))
                .orElse(InstanceState.NOT_AUTHORIZED);
    }

    /** Whether it can't be used until its stored state is restored. */
    public boolean damaged() {
        return deleted().isEmpty() && session().isEmpty();
    }

    /** Whether its connection works at this moment. */
    public boolean online() {
        return session().map(open -> open.account().status().online()).orElse(false);
    }

    /** Why its connection does not work at this moment; empty while it does, while no account is linked, and before the first loss. */
    public Optional<DisconnectCause> cause() {
        return session()
                .map(open -> open.account().status())
                .filter(status -> status.linked() && !status.online())
                .flatMap(SessionStatus::lastDisconnect)
                .map(SessionStatus.Disconnect::cause);
    }

    /** Whether nobody knows what a change of it came to. */
    boolean undecided() {
        return !undecided.toCompletableFuture().isDone();
    }

    /** Nobody knows what a change came to, before this is done. */
    void undecided(CompletionStage<?> decided) {
        undecided = decided;
    }

    void fingerprint(byte[] other) {
        fingerprint = other;
    }

    void settings(InstanceSettings other) {
        settings = other;
    }

    void markDeleted(Instant when) {
        deleted = when;
        session = null;
    }

    @Override
    public String toString() {
        return "Instance " + id;
    }
}
