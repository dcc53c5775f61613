package io.greenfinch.protocol.noise;

/** A handshake or a transport message that can't be trusted. The connection it came from must be closed. */
public final class HandshakeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Kind {
        /** The message is no protobuf, or lacks a field that this step of the handshake needs. */
        MALFORMED_MESSAGE,
        /** A public key is of the wrong length or of small order. */
        BAD_KEY,
        /** A ciphertext was tampered with, or made under other keys. */
        UNDECRYPTABLE,
        /** The certificate chain is no protobuf, or a key or signature in it is of the wrong length. */
        CERTIFICATE_MALFORMED,
        /** The root did not sign the intermediate certificate, or it names another issuer. */
        CERTIFICATE_NOT_OF_ROOT,
        /** The intermediate did not sign the leaf certificate, or it names another issuer. */
        CERTIFICATE_NOT_OF_INTERMEDIATE,
        /** The leaf certificate is for another key than the server's. */
        CERTIFICATE_OF_OTHER_KEY,
        /** A certificate is not valid yet, or no longer. */
        CERTIFICATE_OUT_OF_DATE
    }

    private final Kind kind;

    public HandshakeException(Kind kind, String message) {
        super(kind + ": " + message);
        this.kind = kind;
    }

    public HandshakeException(Kind kind, String message, Throwable cause) {
        super(kind + ": " + message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
