package io.greenfinch.client.picture;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Exchange;
import io.greenfinch.client.stanza.Operation;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Outcome.Done;
import io.greenfinch.client.stanza.Outcome.Refused;
import io.greenfinch.client.stanza.Outcome.Unknown;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One change of a picture (specification §16.6, §25). One whose answer was lost, or tells nothing, is looked into: the id of
 * the picture before it is known, so the id there is now shows whether it took place. Done is the new id; none when the picture
 * was removed.
 */
final class PictureChange implements Operation<Jid, Optional<String>> {

    private final Node request;
    private final boolean removal;
    private final Outcome<Picture> before;
    private final IntFunction<Refusal> whyNot;
    private volatile boolean sent;

    /** What somebody else did last. */
    private volatile Optional<String> others = Optional.empty();

    /**
     * A change not yet made.
     *
     * @param before the picture there is
     * @param whyNot tells why a group refused for want of rights, by the code
     */
    PictureChange(Node request, boolean removal, Outcome<Picture> before, IntFunction<Refusal> whyNot) {
        this.request = request;
        this.removal = removal;
        this.before = before;
        this.whyNot = whyNot;
    }

    /** Once it is sent, a notification that we have done such a thing proves that it was carried out. */
    PictureWatches.Watch watch(Attempt<Jid, Optional<String>> attempt) {
        return (update, byUs) -> {
            if (!byUs) {
                others = update.id();
            } else if (sent && update.id().isEmpty() == removal) {
                attempt.prove(new Done<>(update.id()));
            }
        };
    }

    @Override
    public List<Batch<Jid, Optional<String>>> batches(List<Attempt<Jid, Optional<String>>> open) {
        return List.of(new Batch<>(request, open));
    }

    @Override
    public long sent(List<Attempt<Jid, Optional<String>>> attempts) {
        sent = true;
        return 0;
    }

    @Override
    public Verdict<Optional<String>> result(Attempt<Jid, Optional<String>> attempt, Node stanza, long reminder) {
        Optional<String> id = removal ? Optional.empty() : PictureQuestion.changed(stanza);
        return id.isPresent() ? Verdict.done(id) : new Verdict.Verify<>(0);
    }

    @Override
    public Verdict<Optional<String>> refused(
            Attempt<Jid, Optional<String>> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        boolean group = attempt.subject().isGroup();
        return switch (code) {
            case 401, 403 -> group ? new Verdict.Explain<>(code) : Verdict.refused(Refusal.NOT_ALLOWED, code);
            case 404, 410 -> Verdict.refused(group ? Refusal.GROUP_NOT_FOUND : Refusal.OTHER, code);
            case 405 -> Verdict.refused(Refusal.NOT_ALLOWED, code);
            case 406 -> Verdict.refused(Refusal.BAD_PICTURE, code);
            case 423 -> Verdict.refused(Refusal.LOCKED, code);
            case 429 -> new Verdict.Certain<>(new Unknown<>(Silence.RATE_LIMITED)); // passed on, not waited out
            default -> code >= 400 && code <= 499 ? Verdict.refused(Refusal.OTHER, code) : new Verdict.Verify<>(code);
        };
    }

    @Override
    public void look(Exchange<Jid, Optional<String>> exchange, List<Attempt<Jid, Optional<String>>> refused) {
        Attempt<Jid, Optional<String>> attempt = refused.getFirst();
        Outcome<Picture> now = now(exchange, refused);
        if (unchanged(now) || now.equals(before)) {
            attempt.believe();
        } else {
            attempt.settle(found(now));
        }
    }

    private static Outcome<Picture> now(
            Exchange<Jid, Optional<String>> exchange, List<Attempt<Jid, Optional<String>>> about) {
        Node question = PictureStanzas.get(about.getFirst().subject(), PictureSize.IMAGE);
        return exchange.ask(question, new PictureQuestion(false), about);
    }

    @Override
    public void explain(Exchange<Jid, Optional<String>> exchange, List<Attempt<Jid, Optional<String>>> refused) {
        refused.forEach(attempt -> attempt.settle(new Refused<>(whyNot.apply(attempt.code()), attempt.code())));
    }

    @Override
    public void verify(Exchange<Jid, Optional<String>> exchange, List<Attempt<Jid, Optional<String>>> unsure) {
        Attempt<Jid, Optional<String>> attempt = unsure.getFirst();
        Outcome<Picture> now = now(exchange, unsure);
        if (!unchanged(now)) {
            attempt.settle(found(now));
        }
    }

    private boolean unchanged(Outcome<Picture> now) {
        return id(now).isPresent() ? id(now).equals(id(before)) : none(now) && none(before) && !removal;
    }

    /** What the picture that is there now means. Somebody else may have changed it just then. */
    private Outcome<Optional<String>> found(Outcome<Picture> now) {
        boolean done = removal
                ? none(now)
                : (id(before).isPresent() || none(before)) && id(now).isPresent() && !id(now).equals(others);
        return done ? new Done<>(id(now)) : new Unknown<>(Silence.UNKNOWN);
    }

    private static Optional<String> id(Outcome<Picture> told) {
        return told.done().map(Picture::id);
    }

    private static boolean none(Outcome<Picture> told) {
        return told instanceof Refused<Picture> refused && refused.reason() == Refusal.NO_PICTURE;
    }

    @Override
    public Outcome<Optional<String>> inVain(Attempt<Jid, Optional<String>> attempt) {
        return attempt.code() != 0 ? new Refused<>(Refusal.OTHER, attempt.code()) : new Unknown<>(Silence.UNKNOWN);
    }
}
