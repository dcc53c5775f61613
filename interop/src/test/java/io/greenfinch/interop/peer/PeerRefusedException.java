package io.greenfinch.interop.peer;

/** A command that the client, or the service behind it, refused. */
public final class PeerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    PeerRefusedException(String command, int code, String text) {
        super("%s: %d %s".formatted(command, code, text));
        this.code = code;
    }

    /** WhatsApp's code, 0 when the refusal is none of WhatsApp's. */
    public int code() {
        return code;
    }
}
