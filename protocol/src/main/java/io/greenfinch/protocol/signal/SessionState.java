package io.greenfinch.protocol.signal;

import io.greenfinch.protocol.curve.InvalidKeyException;
import io.greenfinch.protocol.curve.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One session: a double ratchet (specification §11.3). Keys are raw, arrays read-only.
 *
 * @param baseKey the key for this start alone of whoever started it; tells sessions apart
 * @param remoteIdentity the other side's identity key
 * @param remoteRegistrationId the number of the other side's installation
 * @param root key of the next ratchet step
 * @param ratchet our current ratchet keys
 * @param sending the chain we send by; empty when it may not be used any more
 * @param previousCounter number of the last message in our chain before this one
 * @param pending the prekeys to name until the other side answers
 * @param chains the chains we receive by, the newest first
 */
record SessionState(
        byte[] baseKey,
        byte[] remoteIdentity,
        int remoteRegistrationId,
        byte[] root,
        KeyPair ratchet,
        Optional<ChainKey> sending,
        int previousCounter,
        Optional<PendingStart> pending,
        List<RatchetChain> chains) {

    /** Older chains are forgotten. */
    static final int MAX_CHAINS = 5;

    /** A chain keeps at most this many keys of messages that are missing (specification §11.3). */
    static final int MAX_SKIPPED = 2000;

    /** What became of a message. */
    sealed interface Outcome {

        /** Read. */
        record Read(SessionState after, byte[] plaintext) implements Outcome {}

        /** Not a message of this session, or not any more. */
        record Unread(Decryption.Reason reason) implements Outcome {}
    }

    /** The message and the state after it; the session must have a sending chain. */
    Encrypted<SessionState> encrypt(LocalIdentity identity, byte[] plaintext) {
        ChainKey link = sending.orElseThrow(() -> new IllegalStateException("this session may only receive"));
        byte[] message = RatchetMessage.encode(
                link, ratchet.publicKey(), previousCounter, identity.keys().publicKey(), remoteIdentity, plaintext);
        EncryptedMessage encrypted = pending.map(start -> new EncryptedMessage(
                        EncryptedMessage.Kind.PREKEY, PreKeyMessage.encode(identity, start, baseKey, message)))
                .orElse(new EncryptedMessage(EncryptedMessage.Kind.SESSION, message));
        return new Encrypted<>(withSending(Optional.of(link.next())), encrypted);
    }

    boolean hasChain(byte[] ratchetKey) {
        return chains.stream().anyMatch(chain -> chain.isOf(ratchetKey));
    }

    Outcome decrypt(RatchetMessage message, byte[] ourIdentity, SecureRandom random) {
        for (RatchetChain chain : chains) {
            if (chain.isOf(message.ratchetKey())) {
                return read(message, ourIdentity, chain.chain(), after -> withChain(chain.with(after)));
            }
        }
        try {
            DerivedKeys step = DerivedKeys.ofStep(root, ratchet.agree(message.ratchetKey()));
            return read(
                    message,
                    ourIdentity,
                    ReceivingChain.of(step.chain()),
                    after -> stepped(message, step, after, random));
        } catch (InvalidKeyException _) {
            return new Outcome.Unread(Decryption.Reason.MALFORMED);
        }
    }

    /** What comes of a message that was read, once its chain is {@code after}. */
    private interface Progress {
        SessionState state(ReceivingChain after);
    }

    private Outcome read(RatchetMessage message, byte[] ourIdentity, ReceivingChain chain, Progress progress) {
        return switch (chain.find(message.counter())) {
            case ReceivingChain.Lookup.Missing(Decryption.Reason reason) -> new Outcome.Unread(reason);
            case ReceivingChain.Lookup.Found(byte[] seed, ReceivingChain rest) -> {
                MessageKeys keys = MessageKeys.ofSession(seed);
                if (!message.isGenuine(keys, remoteIdentity, ourIdentity)) {
                    yield new Outcome.Unread(Decryption.Reason.NOT_AUTHENTIC);
                }
                yield keys.decrypt(message.ciphertext())
                        .<Outcome>map(plaintext -> new Outcome.Read(progress.state(rest), plaintext))
                        .orElse(new Outcome.Unread(Decryption.Reason.MALFORMED));
            }
        };
    }

    /** This session after a message of a chain that it had. */
    private SessionState withChain(RatchetChain changed) {
        List<RatchetChain> all = chains.stream()
                .map(chain -> chain.isOf(changed.ratchetKey()) ? changed : chain)
                .toList();
        return withChains(Optional.empty(), bounded(all));
    }

    /** This session after the first message of a new chain: that one, and a new one of our own to answer by. */
    private SessionState stepped(
            RatchetMessage message, DerivedKeys step, ReceivingChain received, SecureRandom random) {
        KeyPair next = KeyPair.generate(random);
        DerivedKeys answer = DerivedKeys.ofStep(step.root(), next.agree(message.ratchetKey()));
        List<RatchetChain> all = new ArrayList<>(MAX_CHAINS);
        all.add(new RatchetChain(message.ratchetKey(), received));
        for (RatchetChain chain : chains) {
            if (all.size() == MAX_CHAINS) {
                break;
            }
            boolean isLast = all.size() == 1;
            all.add(isLast ? chain.with(chain.chain().endingAt(message.previousCounter())) : chain);
        }
        return new SessionState(
                baseKey,
                remoteIdentity,
                remoteRegistrationId,
                answer.root(),
                next,
                Optional.of(new ChainKey(answer.chain(), 0)),
                lastSent(),
                Optional.empty(),
                bounded(all));
    }

    /** The chains, each without its oldest keys where there are too many. */
    private static List<RatchetChain> bounded(List<RatchetChain> chains) {
        return chains.stream()
                .map(chain -> {
                    SkippedKeys skipped = chain.chain().skipped();
                    return skipped.size() <= MAX_SKIPPED
                            ? chain
                            : chain.with(
                                    chain.chain().withSkipped(skipped.withoutOldest(skipped.size() - MAX_SKIPPED)));
                })
                .toList();
    }

    /** This session once it is kept for what is still under way: all its chains together keep no more keys than one of them may. */
    SessionState archived() {
        int room = MAX_SKIPPED;
        boolean fits = true;
        List<RatchetChain> kept = new ArrayList<>(chains.size());
        for (RatchetChain chain : chains) { // the newest first
            SkippedKeys skipped = chain.chain().skipped();
            int dropped = Math.max(0, skipped.size() - room);
            fits &= dropped == 0;
            room -= skipped.size() - dropped;
            kept.add(dropped == 0 ? chain : chain.with(chain.chain().withSkipped(skipped.withoutOldest(dropped))));
        }
        return fits ? this : withChains(pending, kept);
    }

    private SessionState withChains(Optional<PendingStart> starting, List<RatchetChain> changed) {
        return new SessionState(
                baseKey,
                remoteIdentity,
                remoteRegistrationId,
                root,
                ratchet,
                sending,
                previousCounter,
                starting,
                List.copyOf(changed));
    }

    /** Number of the last message in our current chain. */
    private int lastSent() {
        return sending.map(link -> Math.max(link.index() - 1, 0)).orElse(previousCounter);
    }

    /** This session without its sending chain: it can send again once the other side has made a step. */
    SessionState receivingOnly() {
        return new SessionState(
                baseKey,
                remoteIdentity,
                remoteRegistrationId,
                root,
                ratchet,
                Optional.empty(),
                lastSent(),
                Optional.empty(),
                chains);
    }

    private SessionState withSending(Optional<ChainKey> next) {
        return new SessionState(
                baseKey, remoteIdentity, remoteRegistrationId, root, ratchet, next, previousCounter, pending, chains);
    }

    boolean isStartedBy(byte[] key) {
        return Arrays.equals(baseKey, key);
    }

    @Override
    public String toString() {
        return "SessionState[" + chains.size() + " chains]";
    }
}
