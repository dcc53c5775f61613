package io.greenfinch.app.cli;

/** The command can't be carried out as asked; the message is one clear sentence for the person at the terminal. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }
}
