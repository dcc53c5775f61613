package io.greenfinch.gateway;

/** A gateway can't run with these settings. The message is one sentence for the operator. */
public final class UnusableSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableSettingsException(String message) {
        super(message);
    }
}
