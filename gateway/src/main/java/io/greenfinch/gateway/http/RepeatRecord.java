package io.greenfinch.gateway.http;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.gateway.store.KeptAnswer;
import io.greenfinch.gateway.store.KeptAnswerTable;
import io.greenfinch.gateway.store.KeptAnswerTable.Place;
import io.greenfinch.gateway.store.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request with an Idempotency-Key leaves for its repeats beyond its answer, which is kept anyhow: an intent before work
 * that can't be undone, or the answer in the very transaction of the work. For a request without a key it does nothing.
 * Thread-safe; methods that store or read block, and throw {@link StoreException} when the database refuses.
 */
public final class RepeatRecord {

    /** Of requests without a key. */
    public static final RepeatRecord NONE = new RepeatRecord(null);

    private record Kept(KeptAnswerTable table, Place place, byte[] digest, Optional<byte[]> intent) {}

    private final @Nullable Kept kept;
    private volatile boolean answered;

    private RepeatRecord(@Nullable Kept kept) {
        this.kept = kept;
    }

    /**
     * A record under a key.
     *
     * @param digest what the request's body is known by
     * @param intent that of an earlier request under this key
     */
    static RepeatRecord of(KeptAnswerTable table, Place place, byte[] digest, Optional<byte[]> intent) {
        return new RepeatRecord(new Kept(table, place, digest, intent));
    }

    /** Whether the request has a key. */
    public boolean keyed() {
        return kept != null;
    }

    /** What an earlier request under this key was about to do when it ended without an answer. */
    public Optional<byte[]> intent() {
        return kept == null ? Optional.empty() : kept.intent;
    }

    /** Stores what this request is about to do; durable when this returns. */
    public void intend(byte[] intent) {
        if (kept != null) {
            kept.table.keep(kept.place, KeptAnswer.intent(kept.digest, intent));
        }
    }

    /** Nothing was done. */
    public void withdraw() {
        if (kept != null) {
            kept.table.forget(kept.place);
        }
    }

    /** The bodies of answers to other requests for this method. */
    public List<byte[]> otherAnswers() {
        return kept == null ? List.of() : kept.table.bodies(kept.place);
    }

    /** This answer, to be stored in the transaction of the work that it tells of. */
    public Optional<Row> answering(Reply answer) {
        if (kept == null) {
            return Optional.empty();
        }
        answered = true;
        return Optional.of(kept.table.row(kept.place, answer.kept(kept.digest)));
    }

    /** Takes that answer back, in the transaction that undoes the work. */
    public Optional<Row> takingBack() {
        return kept == null ? Optional.empty() : Optional.of(kept.table.removal(kept.place));
    }

    /** Whether the answer is stored already. */
    boolean answered() {
        return answered;
    }
}
