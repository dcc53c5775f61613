package io.greenfinch.gateway.instance;

import io.greenfinch.client.Session;
import io.greenfinch.client.store.LeaveIntents;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import io.greenfinch.gateway.store.InstanceNumbers;
import io.greenfinch.gateway.store.InstanceTable;
import io.greenfinch.gateway.store.StoredInstance;
import io.greenfinch.gateway.store.Vault;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All instances of this gateway, in memory and in the database. Thread-safe.
 *
 * <p>Methods that change something block until it is durable and throw {@link StoreException} when it could not be
 * stored; then nothing has changed, unless it is an {@link UnknownOutcomeException}: then memory is as before until it is known what was
 * stored, and follows that.
 */
public final class Instances implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Instances.class);

    /** Deleted instances stay listed for three months (green-api.md §15). */
    private static final int MONTHS_LISTED = 3;

    private final Map<Long, Instance> byId = new ConcurrentHashMap<>();
    private final InstanceTable table;
    private final InstanceNumbers numbers;
    private final LeaveIntents intents;
    private final Vault vault;
    private final SessionSource source;
    private final SettingsBook book;
    private final Clock clock;
    private final SecureRandom random;

    public Instances(
            InstanceTable table,
            InstanceNumbers numbers,
            LeaveIntents intents,
            Vault vault,
            SessionSource source,
            SettingsBook book,
            Clock clock,
            SecureRandom random) {
        this.table = table;
        this.numbers = numbers;
        this.intents = intents;
        this.vault = vault;
        this.source = source;
        this.book = book;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Takes over all stored instances and opens their sessions; {@link #start} connects them. An instance whose state is
     * damaged stays without a session, and keeps nobody else from starting.
     */
    public void load() {
        table.purge(clock.instant()
                .atOffset(ZoneOffset.UTC)
                .minusMonths(MONTHS_LISTED)
                .toInstant());
        List<StoredInstance> stored = table.all();
        Map<Long, Session> open = new SessionOpening(source).all(stored);
        for (StoredInstance instance : stored) {
            byId.put(instance.id(), new Instance(instance, Optional.ofNullable(open.get(instance.id()))));
            if (instance.deleted().isEmpty()) {
                Instance.settings(instance)
                        .ifPresent(
                                current -> apply(instance.id(), current, Optional.ofNullable(open.get(instance.id()))));
            }
        }
    }

    /** From now on these are in effect. */
    private void apply(long id, InstanceSettings settings, Optional<Session> session) {
        book.put(id, settings);
        session.ifPresent(open -> open.presence().available(settings.on("keepOnlineStatus")));
    }

    /** Connects all linked sessions, spread over as many moments as their number asks for. Returns at once. */
    public void start() {
        List<Session> linked = new ArrayList<>();
        for (Instance instance : all()) {
            instance.session().ifPresent(session -> {
                if (session.account().status().linked()) {
                    linked.add(session);
                } else {
                    session.account().start();
                }
            });
        }
        Collections.shuffle(linked, random); // which come first is nobody's privilege
        SessionStarts.begin(linked);
    }

    /** An instance with the only copy of its token that is ever in the clear. */
    public record Created(Instance instance, ApiToken token) {}

    /** Makes a new instance, linked to nobody. */
    public Created create(String name, InstanceSettings settings, CreationRows rows) {
        ApiToken token = ApiToken.generate(random);
        StoredInstance stored = LateOutcomes.follow(
                () -> table.add(name, token.text(), settings.stored(), clock.instant(), id -> rows.made(id, token)),
                made -> begunLate((StoredInstance) made, settings, rows));
        return new Created(begun(stored, settings, rows), token);
    }

    /** Once: where that fails it is taken back. */
    private void begunLate(StoredInstance stored, InstanceSettings settings, CreationRows rows) {
        try {
            begun(stored, settings, rows);
        } catch (StoreException e) {
            log.error("Instance {} was stored late, and can't be begun: {}", stored.id(), e.getMessage());
        }
    }

    private Instance begun(StoredInstance stored, InstanceSettings settings, CreationRows rows) {
        Session session = opened(stored, rows);
        apply(stored.id(), settings, Optional.of(session));
        session.account().start();
        Instance instance = new Instance(stored, Optional.of(session));
        byId.put(stored.id(), instance);
        log.info("Instance {} created", stored.id());
        return instance;
    }

    /**
     * Stores a change of an instance, whose lock the caller has.
     *
     * @throws StoreException also while nobody knows what the change before came to
     */
    private void stored(Instance instance, Runnable change) {
        if (instance.undecided()) {
            throw new StoreException("the store has not said what became of the change before");
        }
        try {
            LateOutcomes.follow(
                    () -> {
                        change.run();
                        return true;
                    },
                    done -> reread(instance));
        } catch (UnknownOutcomeException e) {
            instance.undecided(e.decided());
            throw e;
        }
    }

    /** Memory is as the store is. */
    private void reread(Instance instance) {
        synchronized (instance) {
            Optional<StoredInstance> found = table.find(instance.id());
            if (found.isEmpty() || instance.deleted().isPresent()) {
                return;
            }
            StoredInstance stored = found.get();
            if (stored.deleted().isPresent()) {
                ended(instance, stored.deleted().get());
            } else {
                instance.fingerprint(stored.fingerprint());
                Instance.settings(stored).ifPresent(settings -> {
                    instance.settings(settings);
                    apply(instance.id(), settings, instance.session());
                });
            }
        }
    }

    /** The session of a new instance; without one it is taken back, for nobody would ever hear of its token. */
    private Session opened(StoredInstance stored, CreationRows rows) {
        try {
            numbers.raise(stored.id());
            return source.open(stored.id());
        } catch (StoreException e) {
            try {
                table.delete(stored.id(), clock.instant(), rows.undone());
            } catch (StoreException again) {
                byId.put(stored.id(), new Instance(stored, Optional.empty())); // as the next start would find it
                throw new UnknownOutcomeException(
                        "instance " + stored.id() + " is stored: " + again.getMessage(),
                        CompletableFuture.completedFuture(stored));
            }
            throw e;
        }
    }

    /** Deletes an instance; false when there is none with this number that lives. Its phone is not told. */
    public boolean delete(long id) {
        Instance instance = byId.get(id);
        if (instance == null) {
            return false;
        }
        synchronized (instance) {
            if (instance.deleted().isPresent()) {
                return false;
            }
            Instant now = clock.instant();
            // Before the session is closed, which can't be undone; it can't write any more after that.
            stored(instance, () -> table.delete(id, now, Optional.empty()));
            ended(instance, now);
        }
        return true;
    }

    private void ended(Instance instance, Instant when) {
        Optional<Session> session = instance.session();
        instance.markDeleted(when);
        book.remove(instance.id());
        session.ifPresent(Session::close);
        intents.forgetAll(instance.id());
        log.info("Instance {} deleted", instance.id());
    }

    /** Changes the settings that are named; false when the instance is deleted. In effect when this returns. */
    public boolean change(Instance instance, ObjectNode fields) {
        synchronized (instance) {
            if (instance.deleted().isPresent()) {
                return false;
            }
            InstanceSettings changed = instance.settings().with(fields);
            stored(instance, () -> table.saveSettings(instance.id(), changed.stored()));
            instance.settings(changed);
            apply(instance.id(), changed, instance.session());
        }
        log.info("Settings of instance {} changed", instance.id());
        return true;
    }

    /**
     * Gives an instance another token; the old one is worth nothing when this returns.
     *
     * @param current the token the caller was let in with
     * @return the only copy of the new one in the clear; empty when {@code current} has been replaced meanwhile, or the
     *     instance is deleted
     */
    public Optional<ApiToken> renewToken(Instance instance, ApiToken current) {
        ApiToken fresh = ApiToken.generate(random);
        synchronized (instance) {
            if (instance.deleted().isPresent() || !admits(instance, current.text())) {
                return Optional.empty();
            }
            stored(instance, () -> instance.fingerprint(table.replaceToken(instance.id(), fresh.text())));
        }
        log.info("Instance {} has another token", instance.id());
        return Optional.of(fresh);
    }

    public Optional<Instance> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether {@code token} is that of {@code instance}; takes the same time whatever the token. */
    public boolean admits(Instance instance, String token) {
        return vault.matches(instance.fingerprint(), token);
    }

    /** The instance that has this token and lives; takes the same time whatever the token. */
    public Optional<Instance> withToken(String token) {
        byte[] fingerprint = vault.fingerprint(token);
        Optional<Instance> found = Optional.empty();
        for (Instance instance : byId.values()) {
            if (MessageDigest.isEqual(instance.fingerprint(), fingerprint)
                    && instance.deleted().isEmpty()) {
                found = Optional.of(instance);
            }
        }
        return found;
    }

    /** All instances by number, deleted ones included. */
    public List<Instance> all() {
        return byId.values().stream()
                .sorted(Comparator.comparingLong(Instance::id))
                .toList();
    }

    /** The tokens of all instances by number. For getInstances only. */
    public Map<Long, String> tokens() {
        return table.tokens();
    }

    /** Closes all sessions; calls that wait for one are given up. The accounts stay linked. */
    @Override
    public void close() {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("instance-close-", 0).factory())) {
            byId.values().stream()
                    .flatMap(instance -> instance.session().stream())
                    .forEach(session -> threads.execute(session::close));
        }
    }
}
