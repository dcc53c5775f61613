package io.greenfinch.client.picture;

import io.greenfinch.client.stanza.Outcome;
import io.greenfinch.client.stanza.Refusal;
import io.greenfinch.client.stanza.Silence;
import io.greenfinch.protocol.binary.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What the answers to {@link PictureStanzas} say. A result without the expected content tells nothing. */
final class PictureAnswers {

    private static final int MAX_ID = 64;
    private static final int MAX_URL = 4096;

    private PictureAnswers() {}

    /** What a result tells of the picture that was asked for. */
    static Outcome<Picture> told(Node result) {
        return result.child("picture")
                .map(PictureAnswers::picture)
                .orElseGet(() -> new Outcome.Unknown<>(Silence.UNKNOWN));
    }

    private static Outcome<Picture> picture(Node picture) {
        // Some servers put the code of "none" inside the result.
        if (picture.is("status", "204") || picture.is("status", "404")) {
            return new Outcome.Refused<>(Refusal.NO_PICTURE, 404);
        }
        Optional<String> id = id(picture);
        Optional<URI> url = picture.attribute("url").flatMap(PictureAnswers::url);
        return id.isPresent() && url.isPresent()
                ? new Outcome.Done<>(new Picture(id.get(), url.get()))
                : new Outcome.Unknown<>(Silence.UNKNOWN);
    }

    /** The id in the answer to a change. */
    static Optional<String> changed(Node result) {
        return result.child("picture").flatMap(PictureAnswers::id);
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
