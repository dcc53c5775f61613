package io.greenfinch.protocol.binary;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not a stanza. The frame they came in was whole all the same: the next one can be read. {@link #head()}
 * tells whom to answer, if that much could be read.
 */
public final class MalformedStanzaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private transient @Nullable Node head;

    public MalformedStanzaException(String message) {
        super(message);
    }

    public MalformedStanzaException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The stanza's tag with all its attributes and no content, when only what follows them could not be read. */
    public Optional<Node> head() {
        return Optional.ofNullable(head);
    }

    /** This failure, once it is known how far reading came. */
    MalformedStanzaException after(Node read) {
        head = read;
        return this;
    }
}
