package io.greenfinch.protocol.binary;

/** Bytes that are not a stanza. The connection they came from can't be trusted to be in step any more. */
public final class MalformedStanzaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedStanzaException(String message) {
        super(message);
    }

    public MalformedStanzaException(String message, Throwable cause) {
        super(message, cause);
    }
}
