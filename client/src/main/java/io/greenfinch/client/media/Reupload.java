package io.greenfinch.client.media;

import io.greenfinch.client.media.MediaReference.Origin;
import io.greenfinch.client.stanza.Wire;
import io.greenfinch.protocol.binary.Jid;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.media.MediaRetry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks the account's phone to store a file again that the media hosts have no more (specification §20.5). Thread-safe.
 *
 * @param self the account by which the phone is called; empty when not linked
 * @param line sends a stanza; false when there is no connection
 */
record Reupload(
        Wire wire, MediaRetries retries, Supplier<Optional<Jid>> self, Predicate<Node> line, SecureRandom random) {

    /** A phone that is switched off says nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the phone said. */
    enum Said {
        STORED,
        NOT_THERE,
        NOTHING
    }

    /** Where the file is now, where the phone has stored it again. */
    record Answer(Said said, String directPath) {}

    /** Blocks until the phone has answered, for some time at most. */
    Answer ask(MediaReference reference, Origin origin, Instant deadline) {
        Optional<Jid> own = self.get();
        if (own.isEmpty() || !wire.awaitOnline(patience(deadline))) {
            return new Answer(Said.NOTHING, "");
        }
        MediaRetry retry = new MediaRetry(reference.file().mediaKey(), origin.id());
        CompletableFuture<Optional<MediaRetry.Sealed>> answer = retries.await(origin.id());
        try {
            if (!line.test(stanza(own.get(), origin, retry.wish(random)))) {
                return new Answer(Said.NOTHING, "");
            }
            CompletableFuture<Boolean> heard = answer.thenApply(_ -> true);
            return wire.pause(heard, patience(deadline)) ? told(retry, answer.join()) : new Answer(Said.NOTHING, "");
        } finally {
            retries.forget(origin.id());
        }
    }

    private Instant patience(Instant deadline) {
        Instant patience = wire.clock().instant().plus(PATIENCE);
        return patience.isBefore(deadline) ? patience : deadline;
    }

    private static Answer told(MediaRetry retry, Optional<MediaRetry.Sealed> sealed) {
        if (sealed.isEmpty()) {
            return new Answer(Said.NOT_THERE, "");
        }
        return retry.answer(sealed.get())
                .map(answer -> answer.directPath()
                        .filter(MediaReference::isPath)
                        .map(path -> new Answer(Said.STORED, path))
                        .orElseGet(() -> new Answer(Said.NOT_THERE, "")))
                .orElseGet(() -> new Answer(Said.NOTHING, ""));
    }

    private static Node stanza(Jid own, Origin origin, MediaRetry.Sealed wish) {
        Node.Builder about = Node.element("rmr")
                .attribute("jid", origin.chat())
                .attribute("from_me", Boolean.toString(origin.fromSelf()));
        origin.author().ifPresent(author -> about.attribute("participant", author));
        return Node.element("receipt")
                .attribute("id", origin.id())
                .attribute("to", own)
                .attribute("type", "server-error")
                .child(Node.element("encrypt")
                        .child(Node.bytes("enc_p", wish.payload()))
                        .child(Node.bytes("enc_iv", wish.iv())))
                .child(about)
                .build();
    }
}
