package io.greenfinch.protocol.signal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What we share with one device: the session we send by, if any, and earlier ones that messages may still arrive by
 * (specification §11.3). Two are equal when their encodings are. Immutable and thread-safe; {@link #toString} tells no key.
 */
public final class SignalSession {

    /** Older sessions are forgotten. */
    static final int MAX_ARCHIVED = 40;

    private static final SignalSession NONE = new SignalSession(Optional.empty(), List.of());

    private final Optional<SessionState> active;
    private final List<SessionState> archived;

    SignalSession(Optional<SessionState> active, List<SessionState> archived) {
        this.active = active;
        this.archived = archived.stream()
                .limit(MAX_ARCHIVED)
                .map(SessionState::archived)
                .toList();
    }

    /** Nothing shared yet. */
    public static SignalSession none() {
        return NONE;
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedStateException when it didn't
     */
    public static SignalSession decode(byte[] bytes) {
        return SessionCodec.decode(bytes);
    }

    /** The bytes to store, the first of which is the version of their format. */
    public byte[] encode() {
        return SessionCodec.encode(this);
    }

    /** Whether a message can be encrypted; if not, a session must be started first. */
    public boolean isOpen() {
        return active.flatMap(SessionState::sending).isPresent();
    }

    /** Whether the other side has not answered yet, so that each message still starts the session. */
    public boolean isUnanswered() {
        return active.flatMap(SessionState::pending).isPresent();
    }

    /** The identity key of the other side, raw, as the session we send by has it. */
    public Optional<byte[]> remoteIdentity() {
        return active.map(state -> state.remoteIdentity().clone());
    }

    /** The number of the other side's installation, as the session we send by has it. */
    public OptionalInt remoteRegistrationId() {
        return active.map(state -> OptionalInt.of(state.remoteRegistrationId())).orElse(OptionalInt.empty());
    }

    /** The same without a session to send by: the other side can't read it any more, and a new one must be started. */
    public SignalSession closed() {
        return new SignalSession(Optional.empty(), states());
    }

    /**
     * The same with nothing left to encrypt by until the other side has made a step. For states that come from a backup:
     * keys that they would send by may have been used.
     */
    public SignalSession receivingOnly() {
        return new SignalSession(
                active.map(SessionState::receivingOnly),
                archived.stream().map(SessionState::receivingOnly).toList());
    }

    Optional<SessionState> active() {
        return active;
    }

    List<SessionState> archived() {
        return archived;
    }

    /** All sessions, the one we send by first. */
    List<SessionState> states() {
        if (active.isEmpty()) {
            return archived;
        }
        List<SessionState> all = new ArrayList<>(1 + archived.size());
        all.add(active.get());
        all.addAll(archived);
        return all;
    }

    /** The same with a new session to send by. */
    SignalSession starting(SessionState started) {
        return new SignalSession(Optional.of(started), states());
    }

    /** The same after a step of one of the sessions, which becomes the one we send by, if it can. */
    SignalSession after(SessionState before, SessionState after) {
        if (after.sending().isEmpty() && isOpen()) {
            return new SignalSession(
                    active,
                    archived.stream()
                            .map(state -> state.isStartedBy(before.baseKey()) ? after : state)
                            .toList());
        }
        return new SignalSession(
                Optional.of(after),
                states().stream()
                        .filter(state -> !state.isStartedBy(before.baseKey()))
                        .toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignalSession that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "SignalSession[" + (isOpen() ? "open" : "not open") + ", " + archived.size() + " archived]";
    }
}
