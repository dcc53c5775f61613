package io.greenfinch.protocol.noise;

/** Bytes that are no frame or no intro. The connection they came from can't be read any further. */
public final class MalformedFrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedFrameException(String message) {
        super(message);
    }
}
