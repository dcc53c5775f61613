package io.greenfinch.client.picture;

import io.greenfinch.client.group.GroupAnswers;
import io.greenfinch.client.group.Silence;
import io.greenfinch.client.stanza.Answer;
import io.greenfinch.protocol.binary.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What the answers to {@link PictureRequests} say. A result without the expected content tells nothing. */
final class PictureAnswers {

    private static final int MAX_ID = 64;
    private static final int MAX_URL = 4096;

    private PictureAnswers() {}

    static PictureLookup lookup(Answer answer) {
        return switch (answer) {
            case Answer.Result result ->
                result.iq()
                        .child("picture")
                        .map(PictureAnswers::lookup)
                        .orElseGet(() -> new PictureLookup.NoAnswer(Silence.UNKNOWN));
            case Answer.Refused refused -> lookup(refused);
            default -> new PictureLookup.NoAnswer(GroupAnswers.silence(answer));
        };
    }

    private static PictureLookup lookup(Answer.Refused refused) {
        return switch (refused.code()) {
            case 404 -> new PictureLookup.None();
            case 401, 403 -> new PictureLookup.Hidden();
            case 429 -> new PictureLookup.NoAnswer(Silence.RATE_LIMITED);
            default -> new PictureLookup.Refused(refused.code());
        };
    }

    private static PictureLookup lookup(Node picture) {
        // Some servers put the code of "none" inside the result.
        if (picture.is("status", "204") || picture.is("status", "404")) {
            return new PictureLookup.None();
        }
        Optional<String> id = id(picture);
        Optional<URI> url = picture.attribute("url").flatMap(PictureAnswers::url);
        return id.isPresent() && url.isPresent()
                ? new PictureLookup.Found(new Picture(id.get(), url.get()))
                : new PictureLookup.NoAnswer(Silence.UNKNOWN);
    }

    /** The id in the answer to a change. */
    static Optional<String> changed(Answer.Result result) {
        return result.iq().child("picture").flatMap(PictureAnswers::id);
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
