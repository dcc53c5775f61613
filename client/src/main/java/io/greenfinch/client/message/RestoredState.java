package io.greenfinch.client.message;

import io.greenfinch.client.keys.Credentials;
import io.greenfinch.client.store.StateKind;
import io.greenfinch.protocol.signal.MalformedStateException;
import io.greenfinch.protocol.signal.SignalSession;
import java.util.Optional;

/**
 * What becomes of stored state that is older than what WhatsApp has seen of us, because it comes from a backup: a key that was
 * used twice tells what was written with it. Sessions can read on and must be started anew to write; keys of groups and messages
 * that were encrypted are let go of; new prekeys get numbers that were never given, and what the server has is compared at once.
 */
public final class RestoredState {

    private RestoredState() {}

    /**
     * The value to go on with; empty for none.
     *
     * @throws io.greenfinch.client.store.UnreadableStateException when credentials can't be read
     */
    public static Optional<byte[]> of(StateKind kind, byte[] value) {
        return switch (kind) {
            case SESSION -> session(value);
            case GROUP_KEY, OUTGOING -> Optional.empty();
            case CREDENTIALS ->
                Optional.of(Credentials.of(value).afterRestore().put().value());
            default -> Optional.of(value);
        };
    }

    private static Optional<byte[]> session(byte[] value) {
        try {
            return Optional.of(SignalSession.decode(value).receivingOnly().encode());
        } catch (MalformedStateException e) {
            return Optional.empty(); // then it is started anew as a whole
        }
    }
}
