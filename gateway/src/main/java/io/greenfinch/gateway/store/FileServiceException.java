package io.greenfinch.gateway.store;

import java.io.IOException;

/** A service that keeps files did not do what it was asked for. The message is a clause for the operator, without secrets. */
public final class FileServiceException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    private FileServiceException(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    /** It can't be reached, or does not answer as it should; later it may. */
    public static FileServiceException passing(String message) {
        return new FileServiceException(message, false);
    }

    /** It refuses, and will until somebody changes a setting. */
    public static FileServiceException lasting(String message) {
        return new FileServiceException(message, true);
    }

    /** Whether asking again does not mend it. */
    public boolean isLasting() {
        return lasting;
    }
}
