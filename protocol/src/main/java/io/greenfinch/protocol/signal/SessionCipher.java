package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.InvalidKeyException;
import io.greenfinch.protocol.curve.KeyPair;
import io.greenfinch.protocol.signal.Decryption.Reason;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The steps of a session with one device (specification §11.2, §11.3). */
public final class SessionCipher {

    private SessionCipher() {}

    /**
     * Starts a session, by which is sent from then on; what went on before is kept for messages under way. Empty when the
     * bundle isn't genuine. Whether its identity key is the one that is expected is for the caller to say.
     */
    public static Optional<SignalSession> start(
            SignalSession session, PreKeyBundle bundle, KeyPair identity, SecureRandom random) {
        if (!bundle.isGenuine()) {
            return Optional.empty();
        }
        try {
            return Optional.of(session.starting(
                    X3dh.initiated(bundle, identity, KeyPair.generate(random), KeyPair.generate(random))));
        } catch (InvalidKeyException _) {
            return Optional.empty();
        }
    }

    /**
     * Encrypts a padded message.
     *
     * @throws IllegalStateException when the session isn't {@linkplain SignalSession#isOpen open}
     */
    public static Encrypted<SignalSession> encrypt(SignalSession session, LocalIdentity identity, byte[] plaintext) {
        SessionState before =
                session.active().orElseThrow(() -> new IllegalStateException("there is no session to encrypt by"));
        Encrypted<SessionState> encrypted = before.encrypt(identity, plaintext);
        return new Encrypted<>(session.after(before, encrypted.state()), encrypted.message());
    }

    /** Decrypts a message of the device that this session is shared with. Never throws on foreign bytes. */
    public static Decryption<SignalSession> decrypt(
            SignalSession session, EncryptedMessage message, SignalKeys keys, SecureRandom random) {
        return switch (message.kind()) {
            case SESSION ->
                RatchetMessage.parse(message.bytes())
                        .map(parsed -> inSessions(session, parsed, keys, random))
                        .orElse(failed(Reason.MALFORMED));
            case PREKEY ->
                PreKeyMessage.parse(message.bytes())
                        .map(parsed -> starting(session, parsed, keys, random))
                        .orElse(failed(Reason.MALFORMED));
            case SENDER_KEY -> failed(Reason.MALFORMED);
        };
    }

    private static Decryption<SignalSession> inSessions(
            SignalSession session, RatchetMessage message, SignalKeys keys, SecureRandom random) {
        List<SessionState> states = session.states();
        if (states.isEmpty()) {
            return failed(Reason.NO_SESSION);
        }
        List<SessionState> trusted = states.stream()
                .filter(state -> keys.trusts(state.remoteIdentity()))
                .toList();
        // A ratchet key is of one session only; trying others would hide why that one can't read the message.
        List<SessionState> candidates = trusted.stream()
                .filter(state -> state.hasChain(message.ratchetKey()))
                .findFirst()
                .map(List::of)
                .orElse(trusted);
        Reason reason = Reason.UNTRUSTED_IDENTITY;
        for (SessionState state : candidates) {
            switch (state.decrypt(message, keys.identity().publicKey(), random)) {
                case SessionState.Outcome.Read(SessionState after, byte[] plaintext) -> {
                    return new Decryption.Decrypted<>(session.after(state, after), plaintext, OptionalInt.empty());
                }
                case SessionState.Outcome.Unread(Reason why) ->
                    reason = reason == Reason.UNTRUSTED_IDENTITY ? why : reason;
            }
        }
        return failed(reason);
    }

    private static Decryption<SignalSession> starting(
            SignalSession session, PreKeyMessage message, SignalKeys keys, SecureRandom random) {
        if (!keys.trusts(message.identityKey())) {
            return failed(Reason.UNTRUSTED_IDENTITY);
        }
        Optional<SessionState> known = session.states().stream()
                .filter(state -> state.isStartedBy(message.baseKey()))
                .findFirst();
        if (known.isPresent()) {
            return switch (known.get()
                    .decrypt(message.message(), keys.identity().publicKey(), random)) {
                case SessionState.Outcome.Read(SessionState after, byte[] plaintext) ->
                    new Decryption.Decrypted<>(session.after(known.get(), after), plaintext, OptionalInt.empty());
                case SessionState.Outcome.Unread(Reason reason) -> failed(reason);
            };
        }
        Optional<KeyPair> signedPreKey = keys.signedPreKey(message.signedPreKeyId());
        Optional<KeyPair> preKey =
                message.preKeyId().isPresent() ? keys.preKey(message.preKeyId().getAsInt()) : Optional.empty();
        if (signedPreKey.isEmpty() || preKey.isPresent() != message.preKeyId().isPresent()) {
            return failed(Reason.UNKNOWN_PREKEY);
        }
        SessionState accepted;
        try {
            accepted = X3dh.accepted(message, keys.identity(), signedPreKey.get(), preKey);
        } catch (InvalidKeyException _) {
            return failed(Reason.MALFORMED);
        }
        return switch (accepted.decrypt(message.message(), keys.identity().publicKey(), random)) {
            case SessionState.Outcome.Read(SessionState after, byte[] plaintext) ->
                new Decryption.Decrypted<>(session.starting(after), plaintext, message.preKeyId());
            case SessionState.Outcome.Unread(Reason reason) -> failed(reason);
        };
    }

    private static Decryption<SignalSession> failed(Reason reason) {
        return new Decryption.Failed<>(reason);
    }
}
