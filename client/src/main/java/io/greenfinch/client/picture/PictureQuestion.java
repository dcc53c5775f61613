package io.greenfinch.client.picture;

import io.greenfinch.client.stanza.Answer;
import io.greenfinch.client.stanza.Attempt;
import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Question;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.client.stanza.Verdict;
import io.greenfinch.protocol.binary.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Asks for a picture. A result without the expected content tells nothing, and neither does WhatsApp's own failure.
 *
 * @param patient whether to ask again then, for as long as there is time; otherwise the first answer counts
 */
record PictureQuestion(boolean patient) implements Question<Picture> {

    private static final int MAX_ID = 64;
    private static final int MAX_URL = 4096;

    @Override
    public Verdict<Picture> result(Attempt<Node, Picture> attempt, Node stanza, long reminder) {
        Outcome<Picture> told = told(stanza);
        return patient && told instanceof Outcome.Unknown<Picture>
                ? new Verdict.Verify<>(0)
                : new Verdict.Certain<>(told);
    }

    @Override
    public Verdict<Picture> refused(Attempt<Node, Picture> attempt, Answer.Refused error, long reminder) {
        int code = error.code();
        return switch (code) {
            case 404 -> Verdict.refused(Refusal.NO_PICTURE, code);
            case 401, 403 -> Verdict.refused(Refusal.HIDDEN, code);
            case 429 -> new Verdict.Certain<>(new Outcome.Unknown<>(Silence.RATE_LIMITED));
            default ->
                patient && (code < 400 || code > 499)
                        ? new Verdict.Verify<>(code)
                        : Verdict.refused(Refusal.OTHER, code);
        };
    }

    /** What a result tells of the picture that was asked for. */
    static Outcome<Picture> told(Node result) {
        return result.child("picture")
                .map(PictureQuestion::picture)
                .orElseGet(() -> new Outcome.Unknown<>(Silence.UNKNOWN));
    }

    private static Outcome<Picture> picture(Node picture) {
        // Some servers put the code of "none" inside the result.
        if (picture.is("status", "204") || picture.is("status", "404")) {
            return new Outcome.Refused<>(Refusal.NO_PICTURE, 404);
        }
        Optional<String> id = id(picture);
        Optional<URI> url = picture.attribute("url").flatMap(PictureQuestion::url);
        return id.isPresent() && url.isPresent()
                ? new Outcome.Done<>(new Picture(id.get(), url.get()))
                : new Outcome.Unknown<>(Silence.UNKNOWN);
    }

    /** The id in the answer to a change. */
    static Optional<String> changed(Node result) {
        return result.child("picture").flatMap(PictureQuestion::id);
    }

    static Optional<String> id(Node node) {
        return node.attribute("id").filter(id -> !id.isEmpty() && id.length() <= MAX_ID);
    }

    /** Addresses of the web and nothing else: hosts pass them on to browsers. */
    private static Optional<URI> url(String text) {
        if (text.length() > MAX_URL) {
            return Optional.empty();
        }
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
