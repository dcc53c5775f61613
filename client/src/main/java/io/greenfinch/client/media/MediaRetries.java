package io.greenfinch.client.media;

import io.greenfinch.client.stanza.StanzaDecision;
import io.greenfinch.client.stanza.StanzaHandler;
import io.greenfinch.protocol.binary.Node;
import io.greenfinch.protocol.media.MediaRetry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files that the phone is asked to store again, and what it says: {@code <notification type="mediaretry">} (specification
 * §20.5). Thread-safe.
 */
public final class MediaRetries implements StanzaHandler {

    private final Map<String, CompletableFuture<Optional<MediaRetry.Sealed>>> awaited = new ConcurrentHashMap<>(1);

    /** The answer about a message's file, which somebody may be waiting for already; empty when the phone has nothing to say. */
    CompletableFuture<Optional<MediaRetry.Sealed>> await(String id) {
        return awaited.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    void forget(String id) {
        awaited.remove(id);
    }

    @Override
    public StanzaDecision decide(Node notification) {
        StanzaDecision decision = StanzaDecision.nothing();
        notification.attribute("id").map(awaited::get).ifPresent(waiting -> {
            Optional<MediaRetry.Sealed> answer =
                    notification.child("error").isPresent() ? Optional.empty() : sealed(notification);
            decision.effect(() -> waiting.complete(answer));
        });
        return decision;
    }

    private static Optional<MediaRetry.Sealed> sealed(Node notification) {
        return notification
                .child("encrypt")
                .flatMap(encrypt -> encrypt.child("enc_iv")
                        .flatMap(iv -> encrypt.child("enc_p")
                                .map(payload -> new MediaRetry.Sealed(iv.content(), payload.content()))));
    }
}
