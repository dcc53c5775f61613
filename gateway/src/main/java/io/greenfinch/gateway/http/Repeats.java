package io.greenfinch.gateway.http;

import io.greenfinch.client.store.StoreException;
import io.greenfinch.client.store.UnknownOutcomeException;
import io.greenfinch.gateway.store.KeptAnswer;
import io.greenfinch.gateway.store.KeptAnswerTable;
import io.greenfinch.gateway.store.KeptAnswerTable.Place;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests with an Idempotency-Key (design §6): the first one works, its answer is stored before it is sent, and whoever
 * repeats it within a day reads that same answer. A repeat that comes while the first is under way, or while nobody knows whether it
 * was stored, waits for it. Only successes are kept: everything else may turn out better the next time. A process that dies in between leaves what the
 * method has put into the {@link RepeatRecord}. Thread-safe.
 */
final class Repeats {

    private static final Logger log = LoggerFactory.getLogger(Repeats.class);

    private static final int MAX_KEY = 255;

    /** A first request under way; its future tells what it was answered. */
    private static final class UnderWay {

        private final byte[] digest;
        private final CompletableFuture<Reply> answer = new CompletableFuture<>();

        /** Done when it is known what is stored of it. */
        private CompletionStage<?> decided = CompletableFuture.completedFuture(null);

        UnderWay(byte[] digest) {
            this.digest = digest;
        }
    }

    private final Map<Place, UnderWay> underWay = new ConcurrentHashMap<>();
    private final KeptAnswerTable kept;
    private final Clock clock;

    Repeats(KeptAnswerTable kept, Clock clock) {
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Answers a request once per key.
     *
     * @param caller the number of the instance; 0 for the partner
     * @param work what to do when this is the first request with its key
     */
    Reply once(
            long caller, String method, String key, byte[] body, Instant deadline, Function<RepeatRecord, Reply> work) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            return Reply.error(400, "Idempotency-Key must have 1 to " + MAX_KEY + " characters");
        }
        Place id = kept.place(caller, method, key);
        UnderWay own = new UnderWay(Bodies.sha256().digest(body));
        UnderWay first = underWay.putIfAbsent(id, own);
        if (first != null) {
            return MessageDigest.isEqual(first.digest, own.digest) ? awaited(first, deadline) : otherBody();
        }
        try {
            Optional<KeptAnswer> earlier = kept.find(id);
            Reply answer = earlier.flatMap(answered -> replayed(answered, own.digest))
                    .orElseGet(() -> worked(
                            id, own, RepeatRecord.of(kept, id, own.digest, earlier.map(KeptAnswer::body)), work));
            own.answer.complete(answer.untracked());
            return answer;
        } catch (UnknownOutcomeException e) {
            own.decided = e.decided().handleAsync((done, failure) -> settle(id, own), Thread::startVirtualThread);
            throw e;
        } catch (RuntimeException e) {
            own.answer.completeExceptionally(e);
            throw e;
        } finally {
            var _ = own.decided.whenComplete((done, failure) -> underWay.remove(id, own));
        }
    }

    /** By now it is known what was stored of a request whose caller was told that it is not. */
    private boolean settle(Place id, UnderWay own) {
        try {
            return own.answer.complete(kept.find(id)
                    .flatMap(answered -> replayed(answered, own.digest))
                    .map(Reply::untracked)
                    .orElseGet(() -> Reply.error(500, "Internal Server Error")));
        } catch (RuntimeException e) {
            return own.answer.completeExceptionally(e);
        }
    }

    /** The answer for a repeat, if there is one already and not just an intent. */
    private static Optional<Reply> replayed(KeptAnswer earlier, byte[] digest) {
        if (!MessageDigest.isEqual(earlier.requestDigest(), digest)) {
            return Optional.of(otherBody());
        }
        return earlier.answered() ? Optional.of(again(earlier)) : Optional.empty();
    }

    private static Reply again(KeptAnswer answer) {
        Reply same = answer.body().length == 0
                ? Reply.empty(answer.status())
                : Reply.ok(Json.MAPPER.readTree(answer.body()));
        return answer.reason().map(same::withReason).orElse(same);
    }

    private Reply worked(Place id, UnderWay own, RepeatRecord record, Function<RepeatRecord, Reply> work) {
        Reply answer = work.apply(record);
        if (answer.success() && answer.content() instanceof Reply.Content.Json && !record.answered()) {
            keep(id, own, answer);
        }
        return answer;
    }

    /** What was done is done: a caller whose answer can't be kept still hears the truth, only once. */
    private void keep(Place id, UnderWay own, Reply answer) {
        try {
            kept.keep(id, answer.kept(own.digest));
        } catch (UnknownOutcomeException e) {
            own.decided = e.decided();
        } catch (StoreException e) {
            log.error("An answer of {} can't be kept for repeats: {}", id.method(), e.getMessage());
        }
    }

    private Reply awaited(UnderWay first, Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        try {
            return first.answer.get(Math.max(left.toMillis(), 0), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Reply.error(502, "Bad Gateway").withReason("unknown");
        } catch (ExecutionException e) {
            return Reply.error(500, "Internal Server Error");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.error(502, "Bad Gateway").withReason("unknown");
        }
    }

    private static Reply otherBody() {
        return Reply.error(400, "Idempotency-Key was used with another body");
    }
}
