package io.greenfinch.client.stanza;

import io.greenfinch.protocol.binary.Node;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Times in stanzas: seconds since 1970 (specification §0). */
public final class StanzaTime {

    /** 1 January 3000. Later moments are no times but some other number. */
    private static final long END = 32_503_680_000L;

    private StanzaTime() {}

    /** The attribute as a moment; empty when it is missing or can't be one. */
    public static Optional<Instant> of(Node node, String attribute) {
        OptionalLong seconds = node.number(attribute);
        return seconds.isPresent() && seconds.getAsLong() < END
                ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
                : Optional.empty();
    }
}
