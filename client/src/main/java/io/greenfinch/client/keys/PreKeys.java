package io.greenfinch.client.keys;

import io.greenfinch.client.connection.ClientContext;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Intake;
import io.greenfinch.client.stanza.Request;
import io.greenfinch.client.stanza.Requests;
import io.greenfinch.client.store.Change;
import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.time.Timers;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.curve.PreKey;
import io.greenfinch.protocol.curve.SignedPreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the server has keys of this companion, and has the right ones (specification §12): uploads one-time
 * prekeys when they run low, changes the signed prekey from time to time, compares. Whatever is uploaded was stored
 * before, and no key is uploaded a second time under whatever number. One per connection. Belongs to the session's thread.
 */
public final class PreKeys {

    private static final Logger log = LoggerFactory.getLogger(PreKeys.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Fewer one-time prekeys at the server than this are too few (specification §12.1). */
    private static final int MIN_PREKEYS = 5;

    /**
     * One-time prekeys made at a time. Other clients begin with 812; 50 are as many conversations begun before the server
     * asks for more, and cost a thousand sessions that are linked together two seconds instead of half a minute.
     */
    private static final int BATCH = 50;

    /** However often the server asks for keys, it gets a batch in this time. */
    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(30);

    /** When the server refuses a key it is offered the same key again after this time. */
    private static final Duration AFTER_REFUSAL = Duration.ofHours(6);

    private static final int NOT_FOUND = 404;
    private static final int BAD_KEY = 406;
    private static final int MISMATCH = 409;

    private final ClientContext shared;
    private final Executor owner;
    private final Requests requests;
    private final Intake intake;
    private final Keyring keyring;
    private final Supplier<Map<String, byte[]>> stored;
    private final Consumer<Node> line;
    private Instant nextBatch = Instant.MIN;
    private Instant nextCare = Instant.MIN;
    private Timers.@Nullable Timer planned;
    private boolean uploading;
    private boolean caring;
    private boolean over;

    /**
     * For one connection.
     *
     * @param stored reads all one-time prekeys from the store, which blocks
     * @param line sends on this connection and on no later one
     */
    public PreKeys(
            ClientContext shared,
            Executor owner,
            Requests requests,
            Intake intake,
            Keyring keyring,
            Supplier<Map<String, byte[]>> stored,
            Consumer<Node> line) {
        this.shared = shared;
        this.owner = owner;
        this.requests = requests;
        this.intake = intake;
        this.keyring = keyring;
        this.stored = stored;
        this.line = line;
    }

    /**
     * Asks how many keys the server has and uploads some if there are too few.
     *
     * @param then runs afterwards, whatever the server made of it, but not when the connection is lost
     */
    public void check(Runnable then) {
        ask(KeyStanzas.count(), answer -> {
            if (answer instanceof Answer.Result result && count(result.stanza()) < MIN_PREKEYS) {
                upload(then);
            } else if (!(answer instanceof Answer.Lost)) {
                then.run();
            }
        });
    }

    private static long count(Node result) {
        OptionalLong count =
                result.child("count").map(element -> element.number("value")).orElse(OptionalLong.empty());
        return count.orElse(MIN_PREKEYS); // a server that does not count does not want keys
    }

    /** The server says that keys run low. */
    public void low() {
        Instant now = shared.clock().instant();
        if (uploading || over || planned != null) {
            return;
        }
        if (now.isBefore(nextBatch)) {
            planned = shared.timers().at(nextBatch, () -> owner.execute(this::plannedUpload));
        } else {
            upload(() -> {});
        }
    }

    private void plannedUpload() {
        planned = null;
        if (!over && !uploading) {
            upload(() -> {});
        }
    }

    /** The connection is gone. */
    public void end() {
        over = true;
        if (planned != null) {
            planned.cancel();
            planned = null;
        }
    }

    /** Makes one-time prekeys, stores them and only then uploads them: a key the server hands out must not get lost. */
    private void upload(Runnable then) {
        uploading = true;
        Instant now = shared.clock().instant();
        nextBatch = now.plus(BETWEEN_BATCHES);
        Credentials before = keyring.get();
        List<PreKey> batch = PreKey.batch(before.preKeys().uploaded(), BATCH, shared.random());
        Credentials after = before.with(before.preKeys().afterUploaded(BATCH))
                .with(before.care().orFrom(now, shared.random()));
        keyring.change(after);
        List<Change> changes = new ArrayList<>();
        changes.add(after.put());
        changes.addAll(StoredKeys.add(batch));
        intake.add(
                changes,
                List.of(),
                () -> ask(KeyStanzas.upload(keyring.get().device(), batch), answer -> {
                    uploading = false;
                    if (answer instanceof Answer.Refused refused) {
                        log.warn("The server refused prekeys: {} {}", refused.code(), refused.text());
                    }
                    if (!(answer instanceof Answer.Lost)) {
                        then.run();
                    }
                }));
    }

    /** Does what has become due, one thing at a time; to be called now and then while online. */
    public void look() {
        Instant now = shared.clock().instant();
        Credentials own = keyring.find();
        if (own == null || caring || over || now.isBefore(nextCare)) {
            return;
        }
        KeyCare care = own.care();
        if (!care.planned()) {
            keyring.store(own.with(care.orFrom(now, shared.random())));
        } else if (!care.confirmed()) {
            offerSigned();
        } else if (!now.isBefore(care.rotateAt())) {
            rotate(own, now);
        } else if (!now.isBefore(care.compareAt())) {
            compare();
        }
    }

    /** The new key is used from now on; the old one is kept, for the server hands it out until it has the new one. */
    private void rotate(Credentials own, Instant now) {
        SignedPreKey old = own.device().signedPreKey();
        SignedPreKey next =
                SignedPreKey.generate(PreKey.nextId(old.id()), own.device().identity(), shared.random());
        Credentials after = own.with(own.device().with(next)).with(own.care().rotated(now, shared.random()));
        keyring.change(after);
        List<Change> changes = new ArrayList<>(StoredKeys.keep(old));
        changes.add(after.put());
        intake.add(changes, List.of());
        offerSigned();
    }

    /** Gives the server our signed prekey, once everything before is stored. */
    private void offerSigned() {
        caring = true;
        intake.add(
                List.of(),
                List.of(),
                () -> ask(KeyStanzas.rotate(keyring.get().device().signedPreKey()), this::offered));
    }

    private void offered(Answer answer) {
        caring = false;
        switch (answer) {
            case Answer.Result taken ->
                keyring.store(keyring.get().with(keyring.get().care().withConfirmation()));
            case Answer.Refused refused -> {
                log.warn("The server refused a signed prekey: {} {}", refused.code(), refused.text());
                nextCare = shared.clock().instant().plus(AFTER_REFUSAL);
                if (refused.code() == BAD_KEY || refused.code() == MISMATCH) {
                    compare();
                }
            }
            default -> log.debug("No word about a signed prekey; it is offered again");
        }
    }

    private void compare() {
        caring = true;
        ask(KeyStanzas.digest(), answer -> {
            switch (answer) {
                case Answer.Result result -> read(result.stanza());
                case Answer.Refused refused when refused.code() == NOT_FOUND -> compared(Optional.of("nothing"));
                case Answer.Refused refused -> {
                    log.warn("The server does not tell its keys: {} {}", refused.code(), refused.text());
                    compared(Optional.empty());
                }
                default -> caring = false;
            }
        });
    }

    /** Reads our keys, which blocks and takes a moment, elsewhere. */
    private void read(Node result) {
        DeviceKeys ours = keyring.get().device();
        var _ = Thread.ofVirtual().name("key-digest").start(() -> {
            try {
                Map<String, byte[]> keys = stored.get();
                Optional<String> difference = KeyDigest.difference(
                        result,
                        ours,
                        id -> Optional.ofNullable(keys.get(Integer.toString(id)))
                                .map(StoredKeys::keyPair));
                owner.execute(() -> compared(difference));
            } catch (StoreException e) {
                log.warn("Our own keys can't be compared with the server's: {}", e.getMessage());
                owner.execute(() -> compared(Optional.empty()));
            }
        });
    }

    private void compared(Optional<String> difference) {
        caring = false;
        Credentials own = keyring.find();
        if (own == null || over) {
            return;
        }
        keyring.store(own.with(own.care().compared(shared.clock().instant(), shared.random())));
        difference.ifPresent(what -> {
            log.warn("The server has {} where our keys should be; it gets new ones", what);
            if (!uploading) {
                upload(() -> {});
            }
        });
    }

    private void ask(Node iq, Consumer<Answer> then) {
        requests.send(new Request(iq, shared.clock().instant().plus(PATIENCE), then::accept), line);
    }
}
