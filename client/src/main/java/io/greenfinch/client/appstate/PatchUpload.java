package io.greenfinch.client.appstate;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Operation;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.appstate.AppStateCollection;
import io.greenfinch.protocol.appstate.WrittenPatch;
import io.greenfinch.protocol.binary.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives the server a patch of ours (specification §23.2).
 *
 * @param base the version that it follows
 * @param search fetches what there is, and tells whether the patch is in it; empty when nothing could be fetched
 */
record PatchUpload(AppStateCollection collection, long base, Search search)
        implements Operation<WrittenPatch, PatchUpload.Result> {

    /** What became of it. */
    enum Result {
        /** The server has taken it as the next version. */
        ACCEPTED,
        /** It is in what was fetched, and known with it. */
        FOUND,
        /** Another version is there already: it has to be written anew. */
        CONFLICT
    }

    /** Looks for a patch in what there is. */
    interface Search {
        Optional<Boolean> find(WrittenPatch patch);
    }

    @Override
    public List<Batch<WrittenPatch, Result>> batches(List<Attempt<WrittenPatch, Result>> open) {
        WrittenPatch written = open.getFirst().subject();
        byte[] patch = written.patch().toBuilder().clearVersion().build().toByteArray();
        Node stanza = AppStateQuestion.iq(Node.element("sync")
                .child(Node.element("collection")
                        .attribute("name", collection.wireName())
                        .attribute("version", base)
                        .attribute("return_snapshot", "false")
                        .child(Node.bytes("patch", patch))));
        return List.of(new Batch<>(stanza, open));
    }

    @Override
    public Verdict<Result> result(Attempt<WrittenPatch, Result> attempt, Node stanza, long reminder) {
        Optional<CollectionAnswer> answer = CollectionAnswer.read(stanza).orElse(List.of()).stream()
                .filter(each -> each.collection() == collection)
                .findFirst();
        if (answer.isEmpty()) {
            return new Verdict.Verify<>(0);
        }
        if (answer.get().error().isEmpty()) {
            return Verdict.done(Result.ACCEPTED);
        }
        int code = answer.get().error().getAsInt();
        if (code == CollectionAnswer.CONFLICT) {
            return Verdict.done(Result.CONFLICT);
        }
        return refused(code, Optional.empty());
    }

    @Override
    public Verdict<Result> refused(Attempt<WrittenPatch, Result> attempt, Answer.Refused error, long reminder) {
        return refused(error.code(), error.backoff());
    }

    private static Verdict<Result> refused(int code, Optional<Duration> backoff) {
        if (code == 429) {
            return Verdict.limited(backoff);
        }
        return code >= 400 && code < 500 && code != 408
                ? Verdict.refused(Refusal.OTHER, code)
                : new Verdict.Verify<>(code);
    }

    @Override
    public void verify(Exchange<WrittenPatch, Result> exchange, List<Attempt<WrittenPatch, Result>> unsure) {
        unsure.forEach(this::look);
    }

    /** An error for the stanza as a whole may hide that it was carried out. */
    @Override
    public void look(Exchange<WrittenPatch, Result> exchange, List<Attempt<WrittenPatch, Result>> refused) {
        for (Attempt<WrittenPatch, Result> attempt : refused) {
            Optional<Boolean> found = search.find(attempt.subject());
            if (found.isEmpty()) {
                attempt.settle(new Outcome.Unknown<>(Silence.UNKNOWN));
            } else if (found.get()) {
                attempt.settle(new Outcome.Done<>(Result.FOUND));
            } else {
                attempt.believe();
            }
        }
    }

    /** What was fetched makes the patch void, whether it is in it or not. */
    private void look(Attempt<WrittenPatch, Result> attempt) {
        search.find(attempt.subject())
                .map(found -> found ? Result.FOUND : Result.CONFLICT)
                .ifPresent(result -> attempt.settle(new Outcome.Done<>(result)));
    }
}
