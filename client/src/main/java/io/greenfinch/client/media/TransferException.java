package io.greenfinch.client.media;

import java.io.IOException;

/** A media host, or the way there, did not do what was asked. */
final class TransferException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    TransferException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    TransferException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** What the host answered; 0 when it did not answer. */
    int status() {
        return status;
    }

    /** The host has no such file, or has it no more, or its address has had its time. */
    boolean gone() {
        return status == 404 || status == 410 || status == 403;
    }
}
