package io.greenfinch.protocol.curve;

/** A public key with which no secret can be agreed: of the wrong length, or a point of small order. */
public final class InvalidKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidKeyException(String message) {
        super(message);
    }
}
