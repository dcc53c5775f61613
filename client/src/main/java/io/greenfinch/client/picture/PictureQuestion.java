package io.greenfinch.client.picture;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Node;

/** Asks for a picture; the first answer counts, whatever it is. */
final class PictureQuestion implements Question<Picture> {

    @Override
    public Verdict<Picture> result(Attempt<Node, Picture> attempt, Node stanza, long reminder) {
        return new Verdict.Certain<>(PictureAnswers.told(stanza));
    }

    @Override
    public Verdict<Picture> refused(Attempt<Node, Picture> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        return switch (code) {
            case 404 -> Verdict.refused(Refusal.NO_PICTURE, code);
            case 401, 403 -> Verdict.refused(Refusal.HIDDEN, code);
            case 429 -> new Verdict.Certain<>(new Outcome.Unknown<>(Silence.RATE_LIMITED));
            default -> Verdict.refused(Refusal.OTHER, code);
        };
    }
}
